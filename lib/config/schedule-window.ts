import { nearest } from '../domain/nearest.ts';
import { parseTime, readTimes, timeForm, type Read } from './schedule-text.ts';
import { dayMinutes, type Weekday } from '../domain/civil-day.ts';
import type { AwakeWindow, WindowDay } from '../domain/schedule.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const nths = ['1st', '2nd', '3rd', '4th', '5th', 'last'];

/** How windows are written, by example. */
export const windowAllowed = "a window such as 'Mon-Fri 07:00-20:00', 'Sat 22:00-Mon 06:00' or '1st Mon 08:00-12:00'";
const dayAllowed =
  'weekdays: Mon, Tue, Wed, Thu, Fri, Sat, Sun; alone, in a list, as a range such as Mon-Fri, or as 1st to 5th or last Mon';

const windowForm = new RegExp(String.raw`^(?<days>[^:]+?)\s+(?<from>${timeForm})\s*-\s*(?:(?<last>[a-z]+)\s+)?(?<to>${timeForm})$`, 'i');
const dayForm = /^(?:(?<nth>1st|2nd|3rd|4th|5th|last)\s+)?(?<first>[a-z]+)(?:\s*-\s*(?<last>[a-z]+))?$/i;

/** Reads one awake window: days, then two times; the second may name a day of its own. */
export function readWindow(text: string): Read<AwakeWindow> {
  const read = windowOf(text);
  if ('value' in read || read.meant !== undefined) return read;
  const repaired = repair(text);
  return repaired !== text && 'value' in windowOf(repaired) ? { ...read, meant: repaired } : read;
}

function windowOf(text: string): Read<AwakeWindow> {
  const { days, from, last, to } = windowForm.exec(text.trim())?.groups ?? {};
  if (days === undefined || from === undefined || to === undefined) return { allowed: windowAllowed };
  const on = daysOf(days);
  if (on === undefined) return { allowed: dayAllowed };
  const times = last === undefined ? readTimes(from, to) : readSpan(on, from, last, to);
  return 'value' in times ? { value: { text, days: on, ...times.value } } : times;
}

/** `Sat 22:00-Mon 06:00`: from one day to the next such day. */
function readSpan(on: WindowDay[], from: string, last: string, to: string): Read<{ from: number; to: number }> {
  const [start, end, lastDay] = [parseTime(from), parseTime(to), weekdayNamed(last)];
  if (lastDay === undefined) return { allowed: dayAllowed };
  if (start === undefined || end === undefined) return { allowed: 'times from 00:00 to 24:00, such as Sat 22:00-Mon 06:00' };
  if (start === dayMinutes) return { allowed: 'a start before 24:00: that is 00:00 of the next day' };
  const [first, ...others] = on;
  if (first === undefined || others.length > 0)
    return { allowed: 'one day before a span that ends on another, such as Sat 22:00-Mon 06:00' };
  const days = (lastDay - first.weekday + 7) % 7;
  if (days === 0 && end <= start) return { allowed: 'an end after its start', meant: `${weekdays[first.weekday]} ${from}-${to}` };
  return { value: { from: start, to: days * dayMinutes + end } };
}

function daysOf(text: string): WindowDay[] | undefined {
  const parts = text.split(',').map((part) => daysOfPart(part.trim()));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function daysOfPart(text: string): WindowDay[] | undefined {
  const { nth, first = '', last } = dayForm.exec(text)?.groups ?? {};
  const [from, to] = [weekdayNamed(first), weekdayNamed(last ?? first)];
  if (from === undefined || to === undefined || (nth !== undefined && last !== undefined)) return undefined;
  if (nth !== undefined) return [{ weekday: from, nth: nth.toLowerCase() === 'last' ? -1 : nths.indexOf(nth.toLowerCase()) + 1 }];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ({ weekday: ((from + index) % 7) as Weekday }));
}

function weekdayNamed(text: string): Weekday | undefined {
  const index = weekdays.findIndex((name) => name.toLowerCase() === text.toLowerCase());
  return index < 0 ? undefined : (index as Weekday);
}

// Whole names of days and slips in them, other dashes, hours of one digit.
function repair(text: string): string {
  return text
    .replaceAll(/\s*[\u2010-\u2015]\s*/g, '-')
    .replaceAll(/\d*[a-z]+/gi, (word) => repairedWord(word))
    .replaceAll(/(?<!\d)(\d):(\d{2})/g, '0$1:$2');
}

function repairedWord(word: string): string {
  if (/\d|^last$/i.test(word)) return word; // Of 6th nobody knows what was meant.
  const name = weekdays.find((day) => word.length > 3 && word.toLowerCase().startsWith(day.toLowerCase()));
  return name ?? nearest(word, weekdays) ?? word;
}
