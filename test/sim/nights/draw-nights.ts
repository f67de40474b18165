import { compileSchedules } from '../../../lib/config/compile-schedules.ts';
import type { RawSchedule } from '../../../lib/config/schema-schedules.ts';
import type { Asleep } from '../../../lib/domain/schedule.ts';
import type { ScalableTarget } from '../../../lib/domain/sleep.ts';
import { configurationOf } from '../draw-fleet.ts';
import type { Draws } from '../draws.ts';
import type { Fleet } from '../fleet.ts';
import { installedAt, minuteMs } from '../place.ts';
import type { Night, Nights } from './nights.ts';

/** With and without summer time, on both halves of the earth, and beside the hour. */
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Sao_Paulo', 'UTC'];
/** Awake since so long before the installation. */
const beforeMinutes = 180;
/** No world lasts longer after its last edge. */
const afterMinutes = 10 * 60;

/** Gives most services of a fleet a schedule of short nights, and about half of them bounds within which they scale by themselves. */
export function drawNights(draws: Draws, fleet: Fleet, spanMs: number): Nights {
  const nights: Nights = { byService: new Map(), bounds: new Map() };
  for (const [index, [service, member]] of [...fleet.members].entries()) {
    if (draws.likely(0.5)) nights.bounds.set(service, drawBounds(draws));
    if (!draws.likely(0.8)) continue;
    const night = drawNight(draws, `nights-${index}`, spanMs, [...nights.byService.keys()]);
    nights.byService.set(service, night);
    member.policy = { ...member.policy, offPeak: { schedule: night.schedule.name, after: night.after } };
  }
  const schedules = [...nights.byService.values()].map(({ schedule }) => [schedule.name, schedule] as const);
  fleet.configuration = { ...fleet.configuration, schedules: Object.fromEntries(schedules) };
  fleet.configuration = configurationOf(fleet, fleet.configuration.hash);
  fleet.nights = nights;
  return nights;
}

/** Bounds of a service that scales by itself; some owners switched a part of it off. */
export function drawBounds(draws: Draws): ScalableTarget {
  const suspended = { in: draws.likely(0.15), out: draws.likely(0.15), scheduled: draws.likely(0.2) };
  return { min: draws.between(0, 2), max: draws.between(3, 6), suspended };
}

function drawNight(draws: Draws, name: string, spanMs: number, earlier: string[]): Night {
  const edges = drawEdges(draws, spanMs);
  const asleep = draws.weighted<Asleep>([
    [6, { min: 0, desired: 0 }],
    [1, { min: 1, desired: 1 }],
    [1, { min: 0, desired: 1 }],
  ]);
  const timezone = draws.oneOf(zones);
  const raw: RawSchedule = { timezone, awake: awakeWindows(edges, timezone), asleep };
  const schedule = compileSchedules({ [name]: raw })[name] as Night['schedule'];
  const passed = (ms: number) => edges.filter((edgeMs) => edgeMs <= ms);
  return {
    levelAt: (ms) => (passed(ms).length % 2 === 0 ? 'awake' : 'asleep'),
    sinceMs: (ms) => passed(ms).at(-1) ?? -Infinity,
    asleep,
    after: earlier.filter(() => draws.likely(0.15)),
    schedule,
  };
}

/** Instants at which it falls asleep and wakes, in turn; it begins awake. */
function drawEdges(draws: Draws, spanMs: number): number[] {
  const edges: number[] = [];
  const endMs = installedAt.getTime() + spanMs;
  const wait = (): number => draws.between(6, 30) * minuteMs;
  for (let edgeMs = installedAt.getTime() + wait(); edgeMs < endMs; edgeMs += wait()) edges.push(edgeMs);
  return edges;
}

// All together are shorter than a day, so that none comes again tomorrow while the world lasts.
function awakeWindows(edges: number[], timezone: string): string[] {
  const begun = [installedAt.getTime() - beforeMinutes * minuteMs, ...edges];
  const last = (edges.at(-1) ?? installedAt.getTime()) + afterMinutes * minuteMs;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, timeStyle: 'short' });
  return begun.flatMap((fromMs, index) =>
    index % 2 === 0 ? [`Mon-Sun ${clock.format(fromMs)}-${clock.format(begun[index + 1] ?? last)}`] : [],
  );
}
