import { compileSchedules } from '../../../lib/config/compile-schedules.ts';
import { awakeMinutes, clocksOf } from '../../calendar/oracle.ts';
import { written } from '../../calendar/random-schedule.ts';
import type { Night } from '../nights/nights.ts';
import { minuteMs } from '../place.ts';
import type { Sleeper } from './schedules.ts';

/** A stretch of whole days for which the clocks are asked. */
export interface Stretch {
  fromMs: number;
  days: number;
}

/** The longest window began within these days. */
const beforeDays = 4;

interface Known {
  startMs: number;
  awake: boolean[];
  /** For each minute the one from which on it was so. */
  since: Int32Array;
}

/** When a service sleeps in some stretches of time: the clocks of its zone are asked minute by minute, and the product's calendar never. */
export function nightOf({ name, plain, asleep }: Sleeper, stretches: readonly Stretch[]): Night {
  const known = stretches.map((stretch) => knownOf(plain, stretch));
  const at = (ms: number): { of: Known; index: number } => {
    const of = known.findLast(({ startMs }) => startMs <= ms);
    if (of === undefined) throw new RangeError(`No clock was asked for ${new Date(ms).toISOString()}.`);
    return { of, index: Math.floor((ms - of.startMs) / minuteMs) };
  };
  const schedule = compileSchedules({ [name]: { ...written(plain), asleep } })[name] as Night['schedule'];
  return {
    levelAt: (ms) => (at(ms).of.awake[at(ms).index] === true ? 'awake' : 'asleep'),
    sinceMs: (ms) => at(ms).of.startMs + (at(ms).of.since[at(ms).index] ?? 0) * minuteMs,
    asleep,
    after: [],
    schedule,
  };
}

function knownOf(plain: Sleeper['plain'], { fromMs, days }: Stretch): Known {
  const startMs = fromMs - beforeDays * 1440 * minuteMs;
  const awake = awakeMinutes(plain, clocksOf(plain.timezone, startMs, days + beforeDays));
  const since = new Int32Array(awake.length);
  for (let index = 1; index < awake.length; index += 1)
    since[index] = awake[index] === awake[index - 1] ? (since[index - 1] as number) : index;
  return { startMs, awake, since };
}
