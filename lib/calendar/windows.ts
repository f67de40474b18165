import { holidayOn } from './holidays.ts';
import type { LocalMinute } from './zone.ts';
import { dayMinutes, isNthWeekday, weekdayOf, type CivilDay } from '../domain/civil-day.ts';
import type { AwakeWindow, Holiday } from '../domain/schedule.ts';

/** A span of local time, its end excluded. */
export interface LocalSpan {
  from: LocalMinute;
  to: LocalMinute;
}

/**
 * What a window that begins on this day leaves open. One of up to 24 hours belongs whole to the day on which it begins, so that a holiday takes
 * an overnight span away with its morning; of a longer one a holiday takes its own day alone.
 */
export function openSpans({ days, from, to }: AwakeWindow, day: CivilDay, holidays: readonly Holiday[]): LocalSpan[] {
  if (!days.some(({ weekday, nth }) => weekday === weekdayOf(day) && (nth === undefined || isNthWeekday(day, nth)))) return [];
  const whole = { from: day * dayMinutes + from, to: day * dayMinutes + to };
  if (to - from <= dayMinutes) return holidayOn(holidays, day) === undefined ? [whole] : [];
  return daysOf(whole)
    .filter((each) => holidayOn(holidays, each) === undefined)
    .map((each) => ({ from: Math.max(whole.from, each * dayMinutes), to: Math.min(whole.to, (each + 1) * dayMinutes) }));
}

function daysOf({ from, to }: LocalSpan): CivilDay[] {
  const [first, last] = [Math.floor(from / dayMinutes), Math.ceil(to / dayMinutes)];
  return Array.from({ length: last - first }, (_, index) => first + index);
}
