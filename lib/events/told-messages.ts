import { parseEvent } from './envelope.ts';
import { instant, oneOf, optional, optionalText, present, text } from './fields.ts';
import { list, object, record, tuple } from './parts.ts';
import { readWhole } from './read.ts';
import type { Notification } from '../domain/notification.ts';
import type { ForeignMessage, ToldMessage } from '../domain/told-message.ts';

const batch = object({
  Records: list(object({ messageId: text, body: text, attributes: optional(record(text)) })),
});

/** What SNS wraps a message in for a queue. */
const envelope = object({
  MessageId: text,
  Message: text,
  Subject: optionalText,
  Timestamp: instant,
  MessageAttributes: optional(record(object({ Value: text }))),
});

const level = oneOf('info', 'warning', 'critical');

const model = object({
  version: oneOf(1),
  id: text,
  service: optional(text),
  services: optional(list(text)),
  deployment: optional(text),
  folded: optional(list(text)),
  thread: optional(text),
  closes: optional(object({ level, threads: optional(list(text)) })),
  state: text,
  level,
  at: text,
  headline: text,
  why: text,
  code: text,
  facts: list(tuple(text, text)),
  log: optional(object({ title: text, lines: list(text) })),
  next: list(text),
});

/** Reads what a queue hands over of the topic. A message that is not ours, or of another version, is told plainly: nothing is dropped. */
export function parseToldMessages(event: unknown): ToldMessage[] {
  return parseEvent(batch, event).Records.map(({ messageId, body, attributes }) => ({
    id: messageId,
    ...attemptOf(attributes),
    ...read(messageId, body, attributes),
  }));
}

function attemptOf(attributes: Record<string, string> | undefined): { attempt?: number } {
  const attempt = Number(attributes?.['ApproximateReceiveCount'] ?? Number.NaN);
  return Number.isInteger(attempt) ? { attempt } : {};
}

type Read = { notification: Notification } | { foreign: ForeignMessage };

function read(messageId: string, body: string, attributes: Record<string, string> | undefined): Read {
  const told = readWhole(envelope, json(body));
  if ('faults' in told) return { foreign: { id: messageId, message: body, at: sentAt(attributes) } };
  const { MessageId: id, Message: message, Subject: subject, Timestamp: at, MessageAttributes } = told.value;
  const notification = json(MessageAttributes?.['notification']?.Value ?? '');
  if ('value' in readWhole(model, notification)) return { notification: notification as Notification }; // Whole: a later version may say more.
  return { foreign: { id, message, at, ...present({ subject }) } };
}

// A message that was put into the queue by hand tells when by the queue's own word.
function sentAt(attributes: Record<string, string> | undefined): string {
  return new Date(Number(attributes?.['SentTimestamp'] ?? 0)).toISOString();
}

function json(told: string): unknown {
  try {
    return JSON.parse(told);
  } catch {
    return undefined;
  }
}
