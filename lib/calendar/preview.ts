import { edgesBetween, type Edge } from './edges.ts';
import { holidayOn } from './holidays.ts';
import { localMinuteOf, offsetMinutesOf } from './zone.ts';
import { zoneClock } from './zone-clock.ts';
import { civilDayText, dayMinutes, weekdayOf, type CivilDay } from '../domain/civil-day.ts';
import type { Schedule, SleepOverride } from '../domain/schedule.ts';

/** A change between asleep and awake, as the clocks of the schedule's zone show it. */
export interface PreviewedEdge extends Edge {
  /** `Mon 2026-11-30 07:00 +01:00` */
  local: string;
}

/** A day that is not like others. */
export interface MarkedDay {
  /** `Fri 2026-12-25` */
  date: string;
  /** The holiday as it was written. */
  holiday?: string;
  /** By how many minutes the clocks change on it. */
  clocksMinutes?: number;
}

export interface Preview {
  edges: PreviewedEdge[];
  days: MarkedDay[];
}

const dayMs = 86_400_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Every change of the next days, and the days among them that are holidays or on which clocks change. */
export function previewOf(schedule: Schedule, override: SleepOverride | undefined, now: Date, days: number): Preview {
  const until = new Date(now.getTime() + days * dayMs);
  const edges = edgesBetween(schedule, override, now, until);
  const [first, last] = [now, until].map((at) => Math.floor(localMinuteOf(schedule.timezone, at.getTime()) / dayMinutes));
  return {
    edges: edges.map((edge) => ({ ...edge, local: localText(schedule.timezone, Date.parse(edge.at)) })),
    days: daysBetween(first ?? 0, last ?? 0).flatMap((day) => marked(schedule, day)),
  };
}

function marked({ timezone, holidays }: Schedule, day: CivilDay): MarkedDay[] {
  const clock = zoneClock(timezone);
  const [begin, end] = [clock.firstReaching(day * dayMinutes), clock.firstReaching((day + 1) * dayMinutes)];
  const clocksMinutes = offsetMinutesOf(timezone, end) - offsetMinutesOf(timezone, begin);
  const holiday = holidayOn(holidays, day)?.text;
  if (holiday === undefined && clocksMinutes === 0) return [];
  return [{ date: dayText(day), ...(holiday === undefined ? {} : { holiday }), ...(clocksMinutes === 0 ? {} : { clocksMinutes }) }];
}

/** What the clocks of a zone show at an instant, and how far they are from UTC. */
export function localText(timezone: string, ms: number): string {
  const local = localMinuteOf(timezone, ms);
  const offset = offsetMinutesOf(timezone, ms);
  const sign = offset < 0 ? '-' : '+';
  return `${dayText(Math.floor(local / dayMinutes))} ${timeText(local % dayMinutes)} ${sign}${timeText(Math.abs(offset))}`;
}

function dayText(day: CivilDay): string {
  return `${weekdays[weekdayOf(day)]} ${civilDayText(day)}`;
}

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function daysBetween(first: CivilDay, last: CivilDay): CivilDay[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
