import type { Notification } from '../domain/notification.ts';

/** A notification as a mail reads it. */
export interface Mail {
  subject: string;
  message: string;
}

/** Where people are told. */
export interface Topic {
  /** Publishes once; a repeat is told again, with the same id. Throws when the topic did not take it. */
  tell(notification: Notification, mail: Mail): Promise<void>;
}
