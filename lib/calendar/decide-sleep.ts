import { lastEdge, nextEdge } from './edges.ts';
import { levelAt, type Level } from './level.ts';
import { timelineOf } from './timeline.ts';
import type { Instant } from '../domain/instant.ts';
import type { Schedule, SleepOverride } from '../domain/schedule.ts';

export interface SleepFacts {
  /** What a person ordered, where it has not been taken back. One whose end is past holds no more. */
  override?: SleepOverride;
}

export interface SleepDecision extends Level {
  /** Absent: for longer than 400 days. */
  since?: Instant;
  /** Absent: for longer than 400 days. */
  until?: Instant;
}

/** Whether a service is to be asleep or awake now, since when, until when, and why. By level, not by edge: a missed minute changes nothing. */
export function decideSleep({ override }: SleepFacts, schedule: Schedule, now: Date): SleepDecision {
  const ms = now.getTime();
  const [last, next] = [lastEdge(schedule, override, now), nextEdge(schedule, override, now)];
  return {
    ...levelAt(timelineOf(schedule, override, ms, ms), ms),
    ...(last === undefined ? {} : { since: last.at }),
    ...(next === undefined ? {} : { until: next.at }),
  };
}
