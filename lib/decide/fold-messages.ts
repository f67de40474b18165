import type { Notification } from '../domain/notification.ts';

/** So many messages of one state, at once and for one channel, are still told one by one. */
export const oneByOneMost = 5;

/** Messages in the order in which they are told: each alone, or many of one state together. Critical ones always stand alone. */
export function foldMessages<Message extends { notification: Notification }>(messages: Message[]): Message[][] {
  const groups = new Map<string, Message[]>();
  for (const message of messages.toSorted(byTime)) {
    const { state, level, id } = message.notification;
    const key = level === 'critical' ? id : state;
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  const parts = [...groups.values()].flatMap((group) => (group.length > oneByOneMost ? [group] : group.map((message) => [message])));
  return parts.toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : byTime(a, b)));
}

// Ids break ties: which of two messages of one instant came first out of the queue says nothing.
function byTime({ notification: a }: { notification: Notification }, { notification: b }: { notification: Notification }): number {
  const [first, second] = [`${a.at} ${a.id}`, `${b.at} ${b.id}`];
  return first < second ? -1 : Number(first > second);
}
