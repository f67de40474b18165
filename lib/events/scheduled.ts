import { toInstant, type Instant } from '../domain/instant.ts';
import { malformed } from './malformed.ts';

/** A wake-up by the clock. */
export interface Tick {
  /** When it was meant to be, where that is told. */
  scheduledFor?: Instant;
}

/**
 * Reads what wakes the tick: EventBridge Scheduler with or without input, or an EventBridge rule. Another kind of event is a wiring fault.
 * Read by hand: for one time, the validator would be a sixth of what the tick carries beside its SDK clients.
 */
export function parseTick(event: unknown): Tick {
  if (typeof event !== 'object' || event === null) throw malformed(event, 'expected what a schedule sends');
  const { 'detail-type': type, time, scheduledTime } = event as Record<string, unknown>;
  if (type === undefined) return (scheduledTime ?? '') === '' ? {} : { scheduledFor: instantOf(event, 'scheduledTime', scheduledTime) }; // A schedule with input sends that input alone.
  if (type !== 'Scheduled Event') throw malformed(event, 'expected the detail-type "Scheduled Event"');
  return { scheduledFor: instantOf(event, 'time', time) }; // A schedule without input and the older rule; their detail ("{}" or {}) says nothing.
}

function instantOf(event: unknown, name: string, value: unknown): Instant {
  const told = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(told.getTime())) throw malformed(event, `${name}: expected a time as AWS writes it`);
  return toInstant(told);
}
