import type { Level, Notification } from '../domain/notification.ts';

/** So many messages of one kind, at once and for one channel, are still told one by one. */
export const oneByOneMost = 5;

/** Critical ones hold what each service needs: they stand alone until nobody would read them any more. What was found on installation is one message. */
const aloneMost: Readonly<Record<Level, number>> = { info: oneByOneMost, warning: oneByOneMost, critical: 10 };

/** Messages in the order in which they are told: each alone, or many of one state and reason together. */
export function foldMessages<Message extends { notification: Notification }>(messages: Message[]): Message[][] {
  const groups = new Map<string, Message[]>();
  for (const message of messages.toSorted(byTime)) {
    const { state, code, level } = message.notification;
    const key = `${state} ${code} ${level === 'critical'}`;
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  const parts = [...groups.values()].flatMap((group) => (group.length > aloneMostOf(group) ? [group] : group.map((message) => [message])));
  return parts.toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : byTime(a, b)));
}

function aloneMostOf([first]: { notification: Notification }[]): number {
  if (first?.notification.code === 'baseline') return 1;
  return aloneMost[first?.notification.level ?? 'info'];
}

// Ids break ties: which of two messages of one instant came first out of the queue says nothing.
function byTime({ notification: a }: { notification: Notification }, { notification: b }: { notification: Notification }): number {
  const [first, second] = [`${a.at} ${a.id}`, `${b.at} ${b.id}`];
  return first < second ? -1 : Number(first > second);
}
