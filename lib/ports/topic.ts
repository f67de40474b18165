import type { Notification } from '../domain/notification.ts';

/** Where people are told. */
export interface Topic {
  /** Publishes once; a repeat is told again, with the same id. Throws when the topic did not take it. */
  tell(notification: Notification): Promise<void>;
}
