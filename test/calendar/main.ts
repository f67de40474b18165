import { parseArgs } from 'node:util';
import fc from '../fixtures/fast-check.ts';
import { disagreement } from './agreement.ts';
import { clocksOf } from './oracle.ts';
import { randomSchedule, written, zones } from './random-schedule.ts';

// `npm run calendar -- --year 2028 --schedules 20 --seed 42`: whole years, minute by minute, in six zones.
const { values } = parseArgs({
  options: {
    year: { type: 'string', default: '2026' },
    schedules: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    zone: { type: 'string', multiple: true, default: zones },
  },
});
const before = 9; // The longest window began within these days.
const year = Number(values.year);
const start = Date.UTC(year, 0, 1 - before - 1);
const dates = [229, 329, 1025, 1231].map((day) => year * 10_000 + day).filter((date) => date % 10_000 !== 229 || year % 4 === 0);

for (const zone of values.zone) {
  const clocks = clocksOf(zone, start, 367 + before + 2);
  const schedules = fc.sample(randomSchedule(zone, dates), { numRuns: Number(values.schedules), seed: Number(values.seed) });
  for (const plain of schedules) {
    const found = disagreement(plain, clocks, before * 1440);
    if (found === undefined) continue;
    console.log(`${zone}: ${found}\n${JSON.stringify(written(plain))}`);
    process.exitCode = 1;
  }
  console.log(`${zone}: ${schedules.length} schedules over ${year}, seed ${values.seed}`);
}
