import { awakeMinutes, type Clocks } from './oracle.ts';
import { written, type PlainSchedule } from './random-schedule.ts';
import { decideSleep } from '../../lib/calendar/decide-sleep.ts';
import { edgesBetween } from '../../lib/calendar/edges.ts';
import { levelAt } from '../../lib/calendar/level.ts';
import { timelineOf } from '../../lib/calendar/timeline.ts';
import { aSchedule } from '../fixtures/schedules.ts';

const minuteMs = 60_000;

/** Where edges, levels and the clocks gone through minute by minute disagree, from one minute of them on: none, or the first found. */
export function disagreement(plain: PlainSchedule, clocks: Clocks, from: number): string | undefined {
  const schedule = aSchedule(written(plain));
  const expected = awakeMinutes(plain, clocks);
  const instant = (index: number) => clocks.start + index * minuteMs;
  const [begin, end] = [instant(from), instant(expected.length - 1)];
  const timeline = timelineOf(schedule, undefined, begin, end);
  const edges = new Map(edgesBetween(schedule, undefined, new Date(begin), new Date(end)).map(({ at, level }) => [Date.parse(at), level]));
  let level = levelAt(timeline, begin).level;
  for (let index = from; index < expected.length; index++) {
    const ms = instant(index);
    const told = (where: string, found: string) => `${new Date(ms).toISOString()}: ${where} says ${found}, the clocks say otherwise`;
    level = edges.get(ms) ?? level;
    const should = expected[index] === true ? 'awake' : 'asleep';
    if (level !== should) return told('the last edge', level);
    if (levelAt(timeline, ms).level !== should) return told('the level', levelAt(timeline, ms).level);
    if (edges.has(ms) || edges.has(ms + minuteMs)) {
      const decided = decideSleep({}, schedule, new Date(ms));
      if (decided.level !== should) return told('the decision', decided.level);
      if (edges.has(ms) && decided.since !== new Date(ms).toISOString()) return told('since', String(decided.since));
      if (edges.has(ms + minuteMs) && decided.until !== new Date(ms + minuteMs).toISOString()) return told('until', String(decided.until));
    }
  }
  return undefined;
}
