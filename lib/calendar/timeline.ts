import { openSpans, type LocalSpan } from './windows.ts';
import { zoneClock, type ZoneClock } from './zone-clock.ts';
import { localMinuteOf } from './zone.ts';
import { dayMinutes, type CivilDay } from '../domain/civil-day.ts';
import type { Schedule, SleepLevel, SleepOverride } from '../domain/schedule.ts';

/** A span of time, its end excluded, in milliseconds since the epoch. */
export interface Span {
  level: SleepLevel;
  from: number;
  to: number;
  text: string;
}

/** All that speaks for a level around some time: the first of these that holds decides. */
export interface Timeline {
  schedule: Schedule;
  override?: SleepOverride;
  overrides: Span[];
  exceptions: Span[];
  windows: Span[];
}

/** What a schedule and an order say from one instant to another. */
export function timelineOf(schedule: Schedule, override: SleepOverride | undefined, from: number, to: number): Timeline {
  const clock = zoneClock(schedule.timezone);
  const reach = Math.max(0, ...schedule.awake.map((window) => Math.ceil(window.to / dayMinutes)));
  const days = daysBetween(dayAt(schedule, from) - reach - 1, dayAt(schedule, to) + 1);
  return {
    schedule,
    ...(override === undefined ? {} : { override }),
    overrides: override === undefined ? [] : [overrideSpan(override)],
    exceptions: schedule.exceptions.map(({ level, text, ...span }) => ({ level, text, ...instantsOf(clock, span) })),
    windows: days.flatMap((day) => windowsOn(schedule, clock, day)).filter((span) => span.to > span.from),
  };
}

/** The day that it is in the schedule's zone. */
export function dayAt({ timezone }: Schedule, ms: number): CivilDay {
  return Math.floor(localMinuteOf(timezone, ms) / dayMinutes);
}

function windowsOn({ awake, holidays }: Schedule, clock: ZoneClock, day: CivilDay): Span[] {
  return awake.flatMap((window) =>
    openSpans(window, day, holidays).map((span) => ({ level: 'awake' as const, text: window.text, ...instantsOf(clock, span) })),
  );
}

// Awake as long as the clocks may be read that way: from the first time that they show the start to the last before they show the end.
function instantsOf(clock: ZoneClock, { from, to }: LocalSpan): { from: number; to: number } {
  return { from: clock.firstReaching(from), to: clock.lastReaching(to) };
}

function overrideSpan({ level, since, until, reason }: SleepOverride): Span {
  return { level, text: reason, from: Date.parse(since), to: until === undefined ? Infinity : Date.parse(until) };
}

function daysBetween(first: CivilDay, last: CivilDay): CivilDay[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
