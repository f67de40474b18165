import * as z from 'zod/mini';
import { instant } from './fields.ts';
import { malformed } from './malformed.ts';
import { words } from './words.ts';

z.config({ localeError: words });

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
  throw malformed(event, z.prettifyError(parsed.error));
}
