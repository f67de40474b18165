import { zoneClock } from './zone-clock.ts';
import { localMinuteOf } from './zone.ts';
import { dayMinutes } from '../domain/civil-day.ts';

/** When the clocks of a zone next show a time of day (minutes since midnight), after now. */
export function nextLocalTime(timezone: string, minutes: number, now: Date): Date {
  const today = Math.floor(localMinuteOf(timezone, now.getTime()) / dayMinutes);
  const clock = zoneClock(timezone);
  const at = (day: number): Date => new Date(clock.firstReaching(day * dayMinutes + minutes));
  return at(today) > now ? at(today) : at(today + 1);
}
