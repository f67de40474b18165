import type { Notification } from '../domain/notification.ts';
import { renderMail } from '../notifications/mail.ts';
import type { Topic } from '../ports/topic.ts';

/** Tells the topic; the mail is what anything that subscribes to it without a channel of its own will read. */
export function tell(topic: Topic, notification: Notification): Promise<void> {
  return topic.tell(notification, renderMail(notification));
}
