import * as z from 'zod/mini';
import { parseEvent } from './envelope.ts';
import { instant, optionalInstant, present } from './fields.ts';
import type { Instant } from '../domain/instant.ts';

/** A wake-up by the clock. */
export interface Tick {
  /** When it was meant to be, where that is told. */
  scheduledFor?: Instant;
}

// A schedule without input and the older rule both send an envelope; their detail ("{}" or {}) says nothing.
const scheduled = z.object({ 'detail-type': z.literal('Scheduled Event'), time: instant });
// A schedule with input sends that input alone.
const input = z.object({ 'detail-type': z.optional(z.undefined()), scheduledTime: optionalInstant });

/** Reads what wakes the tick: EventBridge Scheduler with or without input, or an EventBridge rule. Another kind of event is a wiring fault. */
export function parseTick(event: unknown): Tick {
  const enveloped = typeof event === 'object' && event !== null && 'detail-type' in event;
  if (enveloped) return { scheduledFor: parseEvent(scheduled, event).time };
  return present({ scheduledFor: parseEvent(input, event).scheduledTime });
}
