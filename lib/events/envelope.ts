import * as z from 'zod';
import { PermanentError } from '../errors.ts';
import { instant } from './fields.ts';

/** What every event on the bus has around its detail. Fields that we do not know are let through. */
export const envelope = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  time: instant,
  resources: z.array(z.string()).default([]),
});

/** Reads an event at the border; a malformed one is permanent and says what was wrong with which event, never the whole of it. */
export function parseEvent<Schema extends z.ZodType>(schema: Schema, event: unknown): z.output<Schema> {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new PermanentError(`malformed event, ${nameOf(event)}:\n${z.prettifyError(parsed.error)}`);
}

const named = z.object({ 'detail-type': z.string().catch('no detail-type'), id: z.string().catch('no id') });

function nameOf(event: unknown): string {
  const name = named.safeParse(event);
  if (!name.success) return `no envelope but ${event === null ? 'null' : typeof event}`;
  return `"${name.data['detail-type'].slice(0, 100)}" ${name.data.id.slice(0, 100)}`;
}
