import { holidayOn } from './holidays.ts';
import { dayAt, type Span, type Timeline } from './timeline.ts';
import type { Reason } from '../domain/reason.ts';
import type { SleepLevel } from '../domain/schedule.ts';

export interface Level {
  level: SleepLevel;
  reason: Reason;
}

/** Asleep or awake at an instant, and why. An order comes before an exception, that before a holiday, that before a window. */
export function levelAt(timeline: Timeline, ms: number): Level {
  const { schedule, override } = timeline;
  const { name, timezone } = schedule;
  if (override !== undefined && holding(timeline.overrides, ms) !== undefined) {
    const end = override.until === undefined ? 'until it is taken back' : `until ${override.until}`;
    return {
      level: override.level,
      reason: because('override', `${override.actor} ordered it ${override.level} ${end}: ${override.reason}`),
    };
  }
  const exception = holding(timeline.exceptions, ms);
  if (exception !== undefined)
    return { level: exception.level, reason: because('exception', `${name} makes an exception, ${exception.level}: ${exception.text}`) };
  const window = holding(timeline.windows, ms);
  if (window !== undefined) return { level: 'awake', reason: because('awake-window', `${name} is awake: ${window.text} (${timezone})`) };
  const holiday = holidayOn(schedule.holidays, dayAt(schedule, ms)); // A window that began the day before holds on a holiday, too.
  if (holiday !== undefined) return { level: 'asleep', reason: because('holiday', `${name} is asleep: ${holiday.text} is a holiday`) };
  return { level: 'asleep', reason: because('off-peak', `${name} is asleep outside its awake windows (${timezone})`) };
}

function holding(spans: readonly Span[], ms: number): Span | undefined {
  return spans.find(({ from, to }) => ms >= from && ms < to);
}

function because(code: Reason['code'], text: string): Reason {
  return { code, text };
}
