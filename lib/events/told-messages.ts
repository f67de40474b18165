import * as z from 'zod/mini';
import { instant, optionalText, present } from './fields.ts';
import { malformed } from './malformed.ts';
import type { Notification } from '../domain/notification.ts';
import type { ForeignMessage, ToldMessage } from '../domain/told-message.ts';

const batch = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), attributes: z.optional(z.record(z.string(), z.string())) })),
});

/** What SNS wraps a message in for a queue. */
const envelope = z.object({
  MessageId: z.string(),
  Message: z.string(),
  Subject: optionalText,
  Timestamp: instant,
  MessageAttributes: z.optional(z.record(z.string(), z.object({ Value: z.string() }))),
});

const level = z.enum(['info', 'warning', 'critical']);

const model = z.looseObject({
  version: z.literal(1),
  id: z.string(),
  service: z.optional(z.string()),
  services: z.optional(z.array(z.string())),
  deployment: z.optional(z.string()),
  folded: z.optional(z.array(z.string())),
  thread: z.optional(z.string()),
  closes: z.optional(z.object({ level, threads: z.optional(z.array(z.string())) })),
  state: z.string(),
  level,
  at: z.string(),
  headline: z.string(),
  why: z.string(),
  code: z.string(),
  facts: z.array(z.tuple([z.string(), z.string()])),
  log: z.optional(z.object({ title: z.string(), lines: z.array(z.string()) })),
  next: z.array(z.string()),
});

/** Reads what a queue hands over of the topic. A message that is not ours, or of another version, is told plainly: nothing is dropped. */
export function parseToldMessages(event: unknown): ToldMessage[] {
  const parsed = batch.safeParse(event);
  if (!parsed.success) throw malformed(event, z.prettifyError(parsed.error));
  return parsed.data.Records.map(({ messageId, body, attributes }) => ({ id: messageId, ...read(messageId, body, attributes) }));
}

type Read = { notification: Notification } | { foreign: ForeignMessage };

function read(messageId: string, body: string, attributes: Record<string, string> | undefined): Read {
  const told = envelope.safeParse(json(body));
  if (!told.success) return { foreign: { id: messageId, message: body, at: sentAt(attributes) } };
  const { MessageId: id, Message: message, Subject: subject, Timestamp: at, MessageAttributes } = told.data;
  const ours = model.safeParse(json(MessageAttributes?.['notification']?.Value ?? ''));
  if (ours.success) return { notification: ours.data as Notification };
  return { foreign: { id, message, at, ...present({ subject }) } };
}

// A message that was put into the queue by hand tells when by the queue's own word.
function sentAt(attributes: Record<string, string> | undefined): string {
  return new Date(Number(attributes?.['SentTimestamp'] ?? 0)).toISOString();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
