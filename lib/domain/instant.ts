/** A point in time as it is stored and shown: ISO 8601, UTC, milliseconds. Alphabetical order is order in time. */
export type Instant = string;

/** The instant of a Date. */
export function toInstant(date: Date): Instant {
  return date.toISOString();
}

/** The instant a number of milliseconds after another (before it, when negative). */
export function plusMs(instant: Instant | Date, ms: number): Instant {
  return new Date(toMs(instant) + ms).toISOString();
}

/** Milliseconds from one instant to a later one; negative when the second is earlier. */
export function msBetween(from: Instant | Date, to: Instant | Date): number {
  return toMs(to) - toMs(from);
}

/** Whether the instant has come: true at the very millisecond. */
export function isPast(instant: Instant, now: Date): boolean {
  return msBetween(instant, now) >= 0;
}

/** Its milliseconds since the epoch. */
export function toMs(instant: Instant | Date): number {
  return typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
}
