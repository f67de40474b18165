import type { Notification } from '../../lib/domain/notification.ts';
import type { Mail, Topic } from '../../lib/ports/topic.ts';

/** A topic that keeps what it was told, and refuses while the test says so. */
export interface FakeTopic extends Topic {
  told: Notification[];
  /** What a mail showed of each. */
  mails: Mail[];
  /** Thrown by every telling until it is taken away. */
  refusal: Error | undefined;
}

/** A fake topic. */
export function fakeTopic(): FakeTopic {
  const topic: FakeTopic = {
    told: [],
    mails: [],
    refusal: undefined,
    tell: async (notification, mail) => {
      if (topic.refusal !== undefined) throw topic.refusal;
      topic.told.push(notification);
      topic.mails.push(mail);
    },
  };
  return topic;
}
