import { parseArgs } from 'node:util';
import { runYear } from './year.ts';

// `npm run year -- --seed 1 --days 366`: three services in three zones, minute by minute, with every fault of the seeded world.
const option = { type: 'string' } as const;
const { values } = parseArgs({
  options: { seed: option, days: option, trace: { type: 'boolean', default: false } },
});
const [seed, days] = [Number(values.seed ?? 1), Number(values.days ?? 366)];
const began = performance.now();
const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;

const { end, counts, edges } = await runYear({
  seed,
  days,
  trace: values.trace,
  tell: (day, sofar) => console.log(`day ${day}, ${seconds()}: ${sofar.awake} awake and ${sofar.asleep} asleep minutes judged`),
});
if (values.trace) for (const line of end.trace) console.log(line);
const table = { ...counts, ...end.struck };
for (const [name, count] of Object.entries(table)) console.log(`  ${name.padEnd(46)} ${String(count).padStart(10)}`);
console.log(
  `${edges} edges, ${end.faults} faults, ${end.deployments} deployments, ${end.rollbacks} rollbacks, ${end.calls} calls, ${seconds()}`,
);
console.log(end.broken === undefined ? 'No rule was broken.' : `Seed ${seed} breaks "${end.broken.rule}": ${end.broken.how}`);
process.exitCode = end.broken === undefined ? 0 : 1;
