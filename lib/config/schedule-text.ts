import { civilDayOf, type CivilDay } from '../domain/civil-day.ts';

/** What a text of a schedule means; or what is allowed in its place, and what was probably meant. */
export type Read<Value> = { value: Value } | { allowed: string; meant?: string };

/** How times and dates are written within longer texts. */
export const timeForm = String.raw`\d{1,2}:\d{2}`;
export const dateForm = String.raw`\d{4}-\d{2}-\d{2}`;

/** Minutes since midnight of `00:00` to `24:00`; undefined for any other time. */
export function parseTime(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(text) ?? [];
  const time = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && time <= 1440 ? time : undefined;
}

/** Both ends of `07:00-20:00` in minutes since the midnight before its start: an end that is not after it is of the next day. */
export function readTimes(from: string, to: string): Read<{ from: number; to: number }> {
  const [start, end] = [parseTime(from), parseTime(to)];
  if (start === undefined || end === undefined) return { allowed: 'times from 00:00 to 24:00, such as 07:00-20:00' };
  if (start === 1440) return { allowed: 'a start before 24:00: that is 00:00 of the next day' };
  if (start === end) return { allowed: 'an end other than its start; the whole day is 00:00-24:00' };
  return { value: { from: start, to: end > start ? end : end + 1440 } };
}

/** The day of `2026-12-31`; undefined where the calendar has none such. */
export function parseDate(text: string): CivilDay | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : civilDayOf({ year: Number(year), month: Number(month), date: Number(date) });
}

/** The text of a value that YAML may have read as a date already. */
export function dateText(value: unknown): unknown {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return value;
  const [date, rest] = value.toISOString().split('T');
  return rest === '00:00:00.000Z' ? date : value;
}
