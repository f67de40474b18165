import { compileSchedules } from '../../../lib/config/compile-schedules.ts';
import { awakeMinutes, clocksOf } from '../../calendar/oracle.ts';
import { written } from '../../calendar/random-schedule.ts';
import type { Night } from '../nights/nights.ts';
import { installedAt, minuteMs } from '../place.ts';
import type { Sleeper } from './schedules.ts';

/** The longest window began within these days. */
const beforeDays = 4;

/** When a service sleeps over so many days: the clocks of its zone are asked minute by minute, and the product's calendar never. */
export function nightOf({ name, plain, asleep }: Sleeper, days: number): Night {
  const startMs = installedAt.getTime() - beforeDays * 1440 * minuteMs;
  const awake = awakeMinutes(plain, clocksOf(plain.timezone, startMs, days + 2 * beforeDays));
  const since = sinceOf(awake);
  const indexOf = (ms: number): number => Math.floor((ms - startMs) / minuteMs);
  const schedule = compileSchedules({ [name]: { ...written(plain), asleep } })[name] as Night['schedule'];
  return {
    levelAt: (ms) => (awake[indexOf(ms)] === true ? 'awake' : 'asleep'),
    sinceMs: (ms) => startMs + (since[indexOf(ms)] ?? 0) * minuteMs,
    asleep,
    after: [],
    schedule,
  };
}

/** For each minute the one from which on it was so. */
function sinceOf(awake: boolean[]): Int32Array {
  const since = new Int32Array(awake.length);
  for (let index = 1; index < awake.length; index += 1)
    since[index] = awake[index] === awake[index - 1] ? (since[index - 1] as number) : index;
  return since;
}
