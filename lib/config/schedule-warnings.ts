import { dayMinutes } from '../domain/civil-day.ts';
import type { AwakeWindow, Holiday, Schedule } from '../domain/schedule.ts';

const weekMinutes = 7 * dayMinutes;

/** Schedules that say nothing: they are allowed, and hardly meant. */
export function scheduleWarnings(schedules: Record<string, Schedule>, used: ReadonlySet<string>): string[] {
  return Object.values(schedules).flatMap((schedule) => [
    ...(neverWakes(schedule) ? [`schedules.${schedule.name} never wakes: what sleeps by it sleeps for good.`] : []),
    ...(neverSleeps(schedule) ? [`schedules.${schedule.name} never sleeps: its awake windows leave no minute out.`] : []),
    ...(used.has(schedule.name) ? [] : [`schedules.${schedule.name} is the offPeak of no service.`]),
  ]);
}

function neverWakes({ awake, holidays, exceptions }: Schedule): boolean {
  return (awake.length === 0 || everyDay(holidays)) && exceptions.every(({ level }) => level === 'asleep');
}

function neverSleeps({ awake, holidays, exceptions }: Schedule): boolean {
  return holidays.length === 0 && exceptions.every(({ level }) => level === 'awake') && wholeWeek(awake);
}

// Windows of single weekdays of a month leave some weeks out.
function wholeWeek(windows: AwakeWindow[]): boolean {
  const spans = windows.flatMap(({ days, from, to }) =>
    days
      .filter(({ nth }) => nth === undefined)
      .map(({ weekday }) => ({ from: weekday * dayMinutes + from, to: weekday * dayMinutes + to })),
  );
  return coversAll(
    spans.flatMap(({ from, to }) => [
      { from, to },
      { from: from - weekMinutes, to: to - weekMinutes },
    ]),
    0,
    weekMinutes,
  );
}

// Of the dates of a leap year, as holidays number them, none is left out.
function everyDay(holidays: Holiday[]): boolean {
  const yearly = holidays.filter(({ every }) => every === 'year');
  const spans = yearly.flatMap(({ from, to }) =>
    from <= to
      ? [{ from, to }]
      : [
          { from, to: 1231 },
          { from: 101, to },
        ],
  );
  const dates = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)));
  return dates.every((date) => spans.some(({ from, to }) => isWithin((date.getUTCMonth() + 1) * 100 + date.getUTCDate(), from, to)));
}

function isWithin(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}

function coversAll(spans: { from: number; to: number }[], from: number, to: number): boolean {
  let reached = from;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) if (span.from <= reached) reached = Math.max(reached, span.to);
  return reached >= to;
}
