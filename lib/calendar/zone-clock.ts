import { offsetMinutesOf, type LocalMinute } from './zone.ts';
import { dayMinutes } from '../domain/civil-day.ts';

/** From local time to instants (milliseconds), in one zone. */
export interface ZoneClock {
  /** The first instant at which the clocks show this time or a later one: where they leap over it, the leap; where they show it twice, the first. */
  firstReaching(local: LocalMinute): number;
  /** The first instant from which on the clocks show no earlier time any more: where they show it twice, the second. */
  lastReaching(local: LocalMinute): number;
}

const minuteMs = 60_000;
/** Clocks change at most once in a day and this time before and after it. */
const aroundMinutes = 36 * 60;

interface Offsets {
  before: number;
  after: number;
}

/** A clock that asks the time zone data once a day of the calendar. */
export function zoneClock(timezone: string): ZoneClock {
  const known = new Map<number, Offsets>();
  const offsetsAround = (local: LocalMinute): Offsets => {
    const day = Math.floor(local / dayMinutes);
    const found = known.get(day) ?? {
      before: offsetAt(timezone, day * dayMinutes - aroundMinutes),
      after: offsetAt(timezone, (day + 1) * dayMinutes + aroundMinutes),
    };
    known.set(day, found);
    return found;
  };
  return {
    firstReaching: (local) => minuteMs * reaching(timezone, local, offsetsAround(local), 0),
    lastReaching: (local) => minuteMs * reaching(timezone, local, offsetsAround(local), 1),
  };
}

// The first of two such times is looked for from before the change, the second from after it, and by the minute that ends there.
function reaching(timezone: string, local: LocalMinute, { before, after }: Offsets, minutesBack: 0 | 1): number {
  if (before === after) return local - before;
  const tried = minutesBack === 0 ? [before, after] : [after, before];
  const holds = tried.find((offset) => offsetAt(timezone, local - offset - minutesBack) === offset);
  return holds === undefined ? leapWithin(timezone, local - after - 1, local - before) : local - holds;
}

function offsetAt(timezone: string, utcMinute: number): number {
  return offsetMinutesOf(timezone, utcMinute * minuteMs);
}

// Halves the time in which the clocks leap until the minute is found.
function leapWithin(timezone: string, from: number, to: number): number {
  let [low, high] = [from, to];
  const before = offsetAt(timezone, low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timezone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
