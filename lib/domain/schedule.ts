import type { CivilDay, Weekday } from './civil-day.ts';

/** When services are awake, as packaging compiled it: no function parses what people wrote. Minutes count from the midnight that begins a day. */
export interface Schedule {
  name: string;
  /** IANA name. */
  timezone: string;
  awake: AwakeWindow[];
  holidays: Holiday[];
  exceptions: ScheduleException[];
  asleep: Asleep;
}

/** A span of local time that comes again and again, and belongs to the day on which it begins. */
export interface AwakeWindow {
  /** As it was written. */
  text: string;
  days: WindowDay[];
  from: number;
  /** Past 1440: of a later day. */
  to: number;
}

/** Every such weekday, or the nth of a month: 1 to 5, -1 for the last. */
export interface WindowDay {
  weekday: Weekday;
  nth?: number;
}

/** Days on which no window opens. */
export type Holiday =
  | { text: string; every: 'once'; from: CivilDay; to: CivilDay }
  /** Month and date as one number (1225), both included; from above to crosses the year's end. */
  | { text: string; every: 'year'; from: number; to: number };

/** A span that holds once, whatever windows and holidays say. Minutes of local time since 1970-01-01T00:00. */
export interface ScheduleException {
  text: string;
  level: SleepLevel;
  from: number;
  to: number;
}

export type SleepLevel = 'awake' | 'asleep';

/** What is left of a service while it sleeps. */
export interface Asleep {
  /** Of the scalable target, where there is one. */
  min: number;
  desired: number;
}

/** What a person ordered for a while, over everything that the schedule says. */
export interface SleepOverride {
  level: SleepLevel;
  since: string;
  /** Absent: until it is taken back. */
  until?: string;
  actor: string;
  reason: string;
}
