import type { Notification } from '../domain/notification.ts';
import { cutToBytes } from './cut-text.ts';

/** How much of a message is kept when all of it is too long: bytes of each text, entries of each list. Each step is tried in turn. */
const steps = [
  { text: 4000, entries: 20 },
  { text: 500, entries: 10 },
  { text: 100, entries: 5 },
];

/** The model as JSON in plain ASCII, since SNS takes no surrogate pairs in an attribute; shortened, with marks, where it would be too long. */
export function notificationJson(notification: Notification, bytesAtMost: number): string {
  const candidates = [notification, ...steps.map((step) => shortened(notification, step))].map(asciiJson);
  return candidates.find((json) => json.length <= bytesAtMost) ?? (candidates.at(-1) as string);
}

function shortened(notification: Notification, { text, entries }: (typeof steps)[number]): Notification {
  const cut = (value: string) => cutToBytes(value, text);
  const facts = notification.facts.map(([label, value]): [string, string] => [cut(label), cut(value)]);
  return {
    ...notification,
    headline: cut(notification.headline),
    why: cut(notification.why),
    facts: firstOf(facts, entries, (more) => ['…', `${more} more`]),
    next: firstOf(notification.next.map(cut), entries, (more) => `… ${more} more`),
  };
}

function firstOf<T>(list: T[], atMost: number, mark: (more: number) => T): T[] {
  return list.length <= atMost ? list : [...list.slice(0, atMost), mark(list.length - atMost)];
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
