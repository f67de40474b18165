import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';
import { PermanentError } from '../errors.ts';
import { instant } from './fields.ts';

// The small build of zod weighs a third of the whole one in every bundle; it speaks no language until it is given one.
z.config(english());

/** What every event on the bus has around its detail. Fields that we do not know are let through. */
export const envelope = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  time: instant,
});

/** Reads an event at the border; a malformed one is permanent and says what was wrong with which event, never the whole of it. */
export function parseEvent<Schema extends z.ZodMiniType>(schema: Schema, event: unknown): z.output<Schema> {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new PermanentError(`malformed event, ${nameOf(event)}:\n${z.prettifyError(parsed.error)}`);
}

function nameOf(event: unknown): string {
  if (typeof event !== 'object' || event === null) return `no envelope but ${event === null ? 'null' : typeof event}`;
  const { 'detail-type': type, id } = event as Record<string, unknown>;
  return `${textOr(type, 'no detail-type')} ${textOr(id, 'no id')}`;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value.slice(0, 100) : otherwise;
}
