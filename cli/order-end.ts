import { usageError } from './command-error.ts';
import { parseDuration } from '../lib/config/durations.ts';
import { parseTime } from '../lib/config/schedule-text.ts';
import { nextLocalTime } from '../lib/calendar/next-local-time.ts';
import { plusMs, toInstant, type Instant } from '../lib/domain/instant.ts';

/** The flags that say until when an order holds. */
export const endFlags = {
  for: { type: 'string', value: 'TIME', summary: 'how long: 30m, 2h, 3d' },
  until: {
    type: 'string',
    value: 'TIME',
    summary: 'until then: 07:00 by the clocks of its schedule, or an instant such as 2026-11-25T21:00:00Z',
  },
  reason: { type: 'string', value: 'TEXT', summary: 'why, for whoever reads it later' },
} as const;

/** Until when an order holds: exactly one of the two flags says it. */
export function endOf(flags: { for?: string; until?: string }, timezone: string, now: Date): Instant {
  if ((flags.for === undefined) === (flags.until === undefined)) throw usageError('say until when: either --for 2h or --until 07:00');
  if (flags.for !== undefined) return plusMs(now, lasting(flags.for));
  const time = parseTime(flags.until ?? '');
  return time === undefined ? instant(flags.until ?? '') : toInstant(nextLocalTime(timezone, time, now));
}

function lasting(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms === 0) throw usageError(`--for takes a whole number and one of s, m, h, d, such as 2h; found ${text}`);
  return ms;
}

function instant(text: string): Instant {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  // Of a day that its month has not, Date makes one of the next.
  if (Number.isNaN(ms) || toInstant(new Date(ms)).slice(0, 10) !== text.slice(0, 10))
    throw usageError(`--until takes a time such as 07:00, or an instant such as 2026-11-25T21:00:00Z; found ${text}`);
  return toInstant(new Date(ms));
}
