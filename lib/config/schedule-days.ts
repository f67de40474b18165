import { dateForm, parseDate, parseTime, readTimes, timeForm, type Read } from './schedule-text.ts';
import { civilDayOf, dayMinutes, type CivilDay } from '../domain/civil-day.ts';
import type { Holiday } from '../domain/schedule.ts';

/** How holidays are written, by example. */
export const holidayAllowed = "a day or a range: '2026-12-25', '2026-12-24/2027-01-01', or of every year '12-25', '12-24/01-01'";
/** How exceptions are written, by example. */
export const exceptionAllowed =
  "'2026-12-31', '2026-12-30/2026-12-31', '2026-12-31 08:00-23:59' or '2026-12-31 22:00-2027-01-01 04:00', by the clocks of the schedule's zone";

const noSuchDay = 'days that the calendar has';
const reversed = 'a range whose end is not before its start';
const yearlyForm = String.raw`\d{2}-\d{2}`;

/** Reads the days on which no window opens. */
export function readHoliday(text: string): Read<Holiday> {
  const every = new RegExp(String.raw`^(${yearlyForm})(?:/(${yearlyForm}))?$`).exec(text);
  if (every !== null) return readYearly(text, every[1] ?? '', every[2] ?? every[1] ?? '');
  const once = new RegExp(`^(${dateForm})(?:/(${dateForm}))?$`).exec(text);
  if (once === null) return unreadable(text);
  const days = readDays(once[1] ?? '', once[2] ?? once[1] ?? '');
  return 'value' in days ? { value: { text, every: 'once', ...days.value } } : days;
}

function readYearly(text: string, first: string, last: string): Read<Holiday> {
  const [from, to] = [dayOfYear(first), dayOfYear(last)];
  return from === undefined || to === undefined ? { allowed: noSuchDay } : { value: { text, every: 'year', from, to } };
}

function unreadable(text: string): Read<Holiday> {
  const starless = text.replaceAll('*-', '');
  return { allowed: holidayAllowed, ...(starless !== text && 'value' in readHoliday(starless) ? { meant: starless } : {}) };
}

function readDays(first: string, last: string): Read<{ from: CivilDay; to: CivilDay }> {
  const [from, to] = [parseDate(first), parseDate(last)];
  if (from === undefined || to === undefined) return { allowed: noSuchDay };
  return to < from ? { allowed: reversed, meant: `${last}/${first}` } : { value: { from, to } };
}

// 2024 has every day that any year has.
function dayOfYear(text: string): number | undefined {
  const [month, date] = text.split('-').map(Number);
  if (month === undefined || date === undefined || civilDayOf({ year: 2024, month, date }) === undefined) return undefined;
  return month * 100 + date;
}

/** Reads a span that holds once, as minutes of local time since 1970-01-01T00:00. */
export function readOnce(text: string): Read<{ from: number; to: number }> {
  const span = new RegExp(`^(${dateForm}) (${timeForm})-(?:(${dateForm}) )?(${timeForm})$`).exec(text);
  if (span !== null) return readTimed(span[1] ?? '', span[2] ?? '', span[3], span[4] ?? '');
  const days = new RegExp(`^(${dateForm})(?:/(${dateForm}))?$`).exec(text);
  if (days === null) return { allowed: exceptionAllowed };
  const read = readDays(days[1] ?? '', days[2] ?? days[1] ?? '');
  return 'value' in read ? { value: { from: read.value.from * dayMinutes, to: (read.value.to + 1) * dayMinutes } } : read;
}

function readTimed(first: string, from: string, last: string | undefined, to: string): Read<{ from: number; to: number }> {
  const [day, lastDay] = [parseDate(first), parseDate(last ?? first)];
  if (day === undefined || lastDay === undefined) return { allowed: noSuchDay };
  const times = last === undefined ? readTimes(from, to) : readSeparateTimes(from, to);
  if (!('value' in times)) return times;
  const span = { from: day * dayMinutes + times.value.from, to: lastDay * dayMinutes + times.value.to };
  return span.to > span.from ? { value: span } : { allowed: 'an end after its start' };
}

// Of two days, each has its own.
function readSeparateTimes(first: string, last: string): Read<{ from: number; to: number }> {
  const [from, to] = [parseTime(first), parseTime(last)];
  return from === undefined || to === undefined ? { allowed: 'times from 00:00 to 24:00, such as 08:00' } : { value: { from, to } };
}
