import { TransientError } from '../errors.ts';
import type { Topic } from '../ports/topic.ts';

/**
 * The topic as one invocation asks it: once it did not answer, it is asked no more, and what it is owed waits for the next. Waiting for it
 * again and again, message by message, would take the time that many services need.
 */
export function patientOnce(topic: Topic): Topic {
  let silent: TransientError | undefined;
  return {
    tell: async (notification, mail) => {
      if (silent !== undefined) throw new TransientError(`not asked again in this invocation: ${silent.message}`, { cause: silent });
      try {
        await topic.tell(notification, mail);
      } catch (error) {
        if (error instanceof TransientError) silent = error;
        throw error;
      }
    },
  };
}
