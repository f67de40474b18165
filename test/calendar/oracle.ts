import type { PlainSchedule, PlainWindow } from './random-schedule.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What the clocks of a zone show in each minute of a stretch of time, asked minute by minute. */
export interface Clocks {
  /** The instant of the first minute. */
  start: number;
  /** Per minute the time shown, in minutes since 1970-01-01T00:00. */
  shown: number[];
}

export function clocksOf(timezone: string, start: number, days: number): Clocks {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  const shown = Array.from({ length: days * 1440 }, (_, index) => {
    const text = format.format(start + index * minuteMs); // 2026-03-29 01:59
    return Date.parse(`${text.replace(' ', 'T')}:00.000Z`) / minuteMs;
  });
  return { start, shown };
}

/**
 * Awake or not in each of these minutes, by going through them one by one: a span holds from the first minute whose shown time is not before its
 * start to the last minute whose shown time is before its end. Windows that began before the clocks do are not seen.
 */
export function awakeMinutes({ windows, holidays, exception }: PlainSchedule, clocks: Clocks): boolean[] {
  const { shown } = clocks;
  const awake = Array.from({ length: shown.length }, () => false);
  const isHoliday = (day: number) => holidays.some(({ from, to }) => from <= dateNumber(day) && dateNumber(day) <= to);
  const [first, last] = [dayOf(shown[0] ?? 0), dayOf(shown.at(-1) ?? 0)];
  for (const window of windows) {
    const long = window.to - window.from > 1440;
    for (let day = first; day <= last; day++) {
      if (!begins(window, day) || (!long && isHoliday(day))) continue;
      for (const index of minutesWithin(shown, day * 1440 + window.from, day * 1440 + window.to))
        if (!long || !isHoliday(dayOf(shown[index] ?? 0))) awake[index] = true;
    }
  }
  if (exception !== undefined) {
    const day = dayNumber(exception.date);
    for (const index of minutesWithin(shown, day * 1440 + exception.from, day * 1440 + exception.to))
      awake[index] = exception.level === 'awake';
  }
  return awake;
}

// Clocks are never off by more than two hours from where they would be without a change: it is enough to go through those.
function minutesWithin(shown: number[], from: number, to: number): number[] {
  const near = (time: number) => Math.min(Math.max(0, time - (shown[0] ?? 0)), shown.length);
  let begin = near(from - 120);
  while (begin < shown.length && (shown[begin] ?? 0) < from) begin++;
  let end = near(to + 120);
  while (end > 0 && (shown[end - 1] ?? 0) >= to) end--;
  return Array.from({ length: Math.max(0, end - begin) }, (_, index) => begin + index);
}

function dayOf(minutes: number): number {
  return Math.floor(minutes / 1440);
}

function begins({ weekdays, nth }: PlainWindow, day: number): boolean {
  const date = new Date(day * dayMs);
  if (!weekdays.includes(date.getUTCDay())) return false;
  if (nth === undefined) return true;
  const weeksBefore = Array.from({ length: 5 }, (_, week) => new Date((day - 7 * (week + 1)) * dayMs).getUTCMonth());
  if (nth > 0) return weeksBefore.filter((month) => month === date.getUTCMonth()).length === nth - 1;
  return new Date((day + 7) * dayMs).getUTCMonth() !== date.getUTCMonth();
}

function dateNumber(day: number): number {
  return Number(new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', ''));
}

function dayNumber(date: number): number {
  const text = String(date);
  return Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00.000Z`) / dayMs;
}
