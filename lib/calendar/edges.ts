import { levelAt, type Level } from './level.ts';
import { timelineOf, type Timeline } from './timeline.ts';
import { toInstant, type Instant } from '../domain/instant.ts';
import type { Schedule, SleepOverride } from '../domain/schedule.ts';

/** An instant from which on another level holds than before. */
export interface Edge extends Level {
  at: Instant;
}

const dayMs = 86_400_000;
/** How far edges are looked for, in growing steps: far enough for what comes once a year. */
const stepDays = [2, 6, 32, 128, 232];

/** Every change between asleep and awake from one instant (excluded) to another (included), in order. */
export function edgesBetween(schedule: Schedule, override: SleepOverride | undefined, from: Date, to: Date): Edge[] {
  const [begin, end] = [from.getTime(), to.getTime()];
  const timeline = timelineOf(schedule, override, begin, end);
  let before = levelAt(timeline, begin).level;
  return boundaries(timeline, begin, end).flatMap((at) => {
    const level = levelAt(timeline, at);
    if (level.level === before) return [];
    before = level.level;
    return [{ at: toInstant(new Date(at)), ...level }];
  });
}

/** The next change after now, where one comes within 400 days. */
export function nextEdge(schedule: Schedule, override: SleepOverride | undefined, now: Date): Edge | undefined {
  let from = now;
  for (const days of stepDays) {
    const to = new Date(from.getTime() + days * dayMs);
    const [edge] = edgesBetween(schedule, override, from, to);
    if (edge !== undefined) return edge;
    from = to;
  }
  return undefined;
}

/** The last change until now, where one came within 400 days. */
export function lastEdge(schedule: Schedule, override: SleepOverride | undefined, now: Date): Edge | undefined {
  let to = now;
  for (const days of stepDays) {
    const from = new Date(to.getTime() - days * dayMs);
    const edge = edgesBetween(schedule, override, from, to).at(-1);
    if (edge !== undefined) return edge;
    to = from;
  }
  return undefined;
}

function boundaries({ overrides, exceptions, windows }: Timeline, after: number, until: number): number[] {
  const all = [...overrides, ...exceptions, ...windows].flatMap(({ from, to }) => [from, to]);
  return [...new Set(all)].filter((at) => at > after && at <= until).toSorted((a, b) => a - b);
}
