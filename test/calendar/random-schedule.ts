import fc from '../fixtures/fast-check.ts';
import type { RawSchedule } from '../../lib/config/schema-schedules.ts';

export const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Sao_Paulo', 'UTC'];

/** A window as numbers, from which its text is written: what judges the product does not read with the product's eyes. */
export interface PlainWindow {
  /** 0 is Sunday. */
  weekdays: number[];
  /** 1 to 5, -1 for the last of a month. */
  nth?: number;
  from: number;
  /** Minutes since the midnight before from. */
  to: number;
}

export interface PlainSchedule {
  timezone: string;
  windows: PlainWindow[];
  /** Both as yyyymmdd. */
  holidays: { from: number; to: number }[];
  /** Dates as yyyymmdd, minutes of that day. */
  exception?: { level: 'awake' | 'asleep'; date: number; from: number; to: number };
}

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
// Where clocks change and days end, mistakes are: these minutes come more often.
const minute = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1439 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 180 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 60, 90, 119, 120, 121, 135, 150, 179, 180, 181, 1439) },
);
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const dayWindow = fc
  .tuple(fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }), minute, minute, rarely(fc.constantFrom(1, 2, 3, 4, 5, -1)))
  .map(([weekdays, from, to, nth]) => ({ weekdays, from, to: endAfter(from, to), ...(nth === undefined ? {} : { nth }) }));
const longWindow = fc
  .tuple(fc.integer({ min: 0, max: 6 }), minute, fc.integer({ min: 1, max: 6 }), minute)
  .map(([weekday, from, days, to]) => ({ weekdays: [weekday], from, to: days * 1440 + to }));

/** Schedules whose exceptions and holidays fall on the days around one. */
export function randomSchedule(timezone: string, dates: number[]): fc.Arbitrary<PlainSchedule> {
  const date = fc.constantFrom(...dates);
  const holiday = date.map((on) => ({ from: on, to: on }));
  const exception = fc.record({ level: fc.constantFrom('awake' as const, 'asleep' as const), date, from: minute, to: minute });
  return fc
    .record({
      windows: fc.array(fc.oneof({ weight: 3, arbitrary: dayWindow }, { weight: 1, arbitrary: longWindow }), {
        minLength: 1,
        maxLength: 4,
      }),
      holidays: rarely(fc.tuple(holiday)),
      exception: rarely(exception),
    })
    .map(({ windows, holidays = [], exception: once }) => ({
      timezone,
      windows,
      holidays,
      ...(once === undefined ? {} : { exception: { ...once, to: endAfter(once.from, once.to) } }),
    }));
}

/** The schedule as people would write it. */
export function written({ timezone, windows, holidays, exception }: PlainSchedule): RawSchedule {
  return {
    timezone,
    awake: windows.map(writtenWindow),
    ...(holidays.length === 0 ? {} : { holidays: holidays.map(({ from, to }) => `${dated(from)}/${dated(to)}`) }),
    ...(exception === undefined
      ? {}
      : { exceptions: [{ [exception.level]: `${dated(exception.date)} ${timed(exception.from)}-${timed(exception.to)}` }] }),
  };
}

function writtenWindow({ weekdays, nth, from, to }: PlainWindow): string {
  const days = weekdays.map((weekday) => `${nth === undefined ? '' : `${ordinal(nth)} `}${names[weekday]}`).join(',');
  const last = names[((weekdays[0] ?? 0) + Math.floor(to / 1440)) % 7];
  return to - from < 1440 ? `${days} ${timed(from)}-${timed(to)}` : `${days} ${timed(from)}-${last} ${timed(to)}`;
}

// Of the next day where it is not after the start; the same minute is none.
function endAfter(from: number, to: number): number {
  if (to === from) return to + 1;
  return to > from ? to : to + 1440;
}

function ordinal(nth: number): string {
  return ['1st', '2nd', '3rd', '4th', '5th'][nth - 1] ?? 'last';
}

function timed(minutes: number): string {
  const ofDay = minutes % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

function dated(date: number): string {
  const text = String(date);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
