import type { Instant } from './instant.ts';
import type { Notification } from './notification.ts';

/** A message that somebody else put on the topic: a person's, an alarm's, or one of a version that is not understood. */
export interface ForeignMessage {
  /** Id that SNS gave it. */
  id: string;
  subject?: string;
  message: string;
  at: Instant;
}

/** A message of the topic as the queue hands it over. `id` names it in the queue: what failed is named by it, and comes again, the n-th time as `attempt` tells. */
export type ToldMessage = { id: string; attempt?: number } & ({ notification: Notification } | { foreign: ForeignMessage });
