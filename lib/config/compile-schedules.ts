import { readHoliday, readOnce } from './schedule-days.ts';
import { dateText, type Read } from './schedule-text.ts';
import { readWindow } from './schedule-window.ts';
import type { RawSchedule } from './schema-schedules.ts';
import type { Asleep, Schedule, ScheduleException } from '../domain/schedule.ts';

/** Schedules by name, their texts read: no function carries what reads them. Takes what was found without fault. */
export function compileSchedules(raw: Record<string, RawSchedule>): Record<string, Schedule> {
  return Object.fromEntries(Object.entries(raw).map(([name, schedule]) => [name, compileSchedule(name, schedule)]));
}

function compileSchedule(name: string, { timezone, awake, holidays = [], exceptions = [], asleep = 0 }: RawSchedule): Schedule {
  return {
    name,
    timezone,
    awake: awake.map((text) => valueOf(readWindow(text))),
    holidays: holidays.map((text) => valueOf(readHoliday(String(dateText(text))))),
    exceptions: exceptions.map(compileException),
    asleep: compileAsleep(asleep),
  };
}

function compileException({ awake, asleep }: { awake?: unknown; asleep?: unknown }): ScheduleException {
  const level = awake === undefined ? 'asleep' : 'awake';
  const text = String(dateText(awake ?? asleep));
  return { text, level, ...valueOf(readOnce(text)) };
}

function compileAsleep(asleep: number | Asleep): Asleep {
  return typeof asleep === 'number' ? { min: asleep, desired: asleep } : { min: asleep.min, desired: asleep.desired };
}

function valueOf<Value>(read: Read<Value>): Value {
  if ('value' in read) return read.value;
  throw new TypeError(`A text of a schedule got past the validation; allowed is ${read.allowed}.`);
}
