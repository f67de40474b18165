import { runScenario, type WorldEnd } from '../world.ts';
import { installedAt, minuteMs } from '../place.ts';
import type { Stretch } from './calendar.ts';
import { yearFleet } from './fleet.ts';
import type { Night } from '../nights/nights.ts';
import { minutesAsAsked, noCounts, type Counts } from './minutes.ts';
import { drawYear } from './script.ts';
import { Stretches } from './stretches.ts';

export interface YearEnd {
  end: WorldEnd;
  counts: Counts;
  /** How often the schedules of lived minutes changed between asleep and awake. */
  edges: number;
}

export interface YearOptions {
  seed: number;
  days: number;
  /** Only these minutes are lived: in between nothing is invoked, and time leaps. All, where it is not told. */
  lived?: { isLived: (ms: number) => boolean; stretches: readonly Stretch[] };
  trace?: boolean;
  /** Told at each simulated month. */
  tell?: (day: number, counts: Counts) => void;
}

const dayMinutes = 1440;

/** Lives through a year, or through a part of it, minute by minute, with faults that come and go. The same seed gives the same year. */
export async function runYear({ seed, days, lived, trace = false, tell }: YearOptions): Promise<YearEnd> {
  const counts = noCounts();
  const fleet = yearFleet(lived?.stretches ?? [{ fromMs: installedAt.getTime(), days: days + 3 }]);
  const isLivedAt = lived?.isLived ?? ((): boolean => true);
  let backMs = -Infinity; // That nothing is invoked is a fault like others.
  const isLived = (minute: number): boolean => isLivedAt(installedAt.getTime() + minute * minuteMs);
  const end = await runScenario(
    seed,
    (note, now) => {
      const faults = new Stretches(seed, now, note);
      return {
        fleet,
        script: drawYear(seed, [...fleet.members.keys()], fleet.repositories, isLivedAt, days),
        spanMs: days * dayMinutes * minuteMs,
        faults,
        staleReadsMs: 3_000,
        pageSize: 1000,
        judges: [minutesAsAsked(counts, () => Math.max(faults.quietSinceMs, backMs))],
        nextMinute: (minute) => {
          if (minute % (30 * dayMinutes) === 0) tell?.(minute / dayMinutes, counts);
          let next = minute + 1;
          while (!isLived(next) && next < days * dayMinutes) next += 1;
          if (next > minute + 1) backMs = installedAt.getTime() + next * minuteMs;
          return next;
        },
      };
    },
    trace,
  );
  return { end, counts, edges: edgesOf([...(fleet.nights?.byService.values() ?? [])], isLived, days * dayMinutes) };
}

function edgesOf(nights: Night[], isLived: (minute: number) => boolean, minutes: number): number {
  const lived = Array.from({ length: minutes }, (_, minute) => minute)
    .filter(isLived)
    .map((minute) => installedAt.getTime() + minute * minuteMs);
  return nights.reduce((sum, night) => sum + lived.filter((ms) => night.sinceMs(ms) === ms).length, 0);
}
