import { drawFleet } from './draw-fleet.ts';
import { Draws } from './draws.ts';
import { Faults, type FaultKind, type FaultSource } from './faults.ts';
import type { Fleet } from './fleet.ts';
import type { MakeJudge } from './judges/judge.ts';
import { drawHardships } from './hardships/script.ts';
import { drawNights } from './nights/draw-nights.ts';
import { drawNightScript } from './nights/script.ts';
import { minuteMs } from './place.ts';
import { drawScript, type Scheduled } from './script.ts';

/** What a world begins with and what is to happen in it. */
export interface Scenario {
  fleet: Fleet;
  script: Scheduled[];
  /** When faults and users cease, after the installation. */
  spanMs: number;
  faults: FaultSource;
  /** How old a read of ECS may be. */
  staleReadsMs: number;
  /** How many images a page of the registry has. */
  pageSize: number;
  /** Judges beside those of every world. */
  judges?: readonly MakeJudge[];
  /** Which minute is lived after another: the next, where it is not told. */
  nextMinute?: (minute: number) => number;
}

/** What to leave out of what a seed brings. */
export interface Drawing {
  /** One image a service, no gates, and the faults of the first worlds: so a seed that told something then tells it still. */
  plain?: boolean;
  /** Services sleep and wake, and others change what they have. */
  nights?: boolean;
  /** What all depend on goes away, targets of rollbacks vanish, some images have no way back. */
  hardships?: boolean;
  off?: readonly FaultKind[];
  /** Single faults that are not to strike, by number. */
  spared?: readonly number[];
  /** Actions that are not to happen, by place in the script. */
  without?: readonly number[];
}

/** Draws the scenario of a seed. Nights are drawn apart, so that a seed without them is what it always was. */
export function drawScenario(
  seed: number,
  { plain = false, nights = false, hardships = false, off = [], spared = [], without = [] }: Drawing,
  note: (kind: FaultKind, ordinal: number) => void,
): Scenario {
  const faults = new Faults(seed, { plain, off, spared }, note);
  const plan = new Draws(seed, 'plan');
  const fleet = drawFleet(plan, plain);
  const spanMs = plan.between(40, 100) * minuteMs;
  const script = drawScript(new Draws(seed, 'script'), fleet, spanMs, plain);
  if (nights) script.push(...drawNightly(new Draws(seed, 'nights'), fleet, spanMs));
  if (hardships) script.push(...drawHardships(new Draws(seed, 'hardships'), fleet, spanMs));
  return {
    fleet,
    script: script.map((scheduled, index) => (without.includes(index) ? { ...scheduled, atMs: Infinity } : scheduled)),
    spanMs,
    faults,
    staleReadsMs: faults.strikes('read stale') ? plan.between(500, 8_000) : 0,
    pageSize: plan.oneOf([3, 1000]),
  };
}

function drawNightly(draws: Draws, fleet: Fleet, spanMs: number): Scheduled[] {
  return drawNightScript(draws, fleet, drawNights(draws, fleet, spanMs), spanMs);
}
