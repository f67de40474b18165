import { fixedWorlds } from '../fixed-seeds.ts';
import { nightSeeds } from '../nights/fixed-seeds.ts';
import { runWorld, type WorldEnd } from '../world.ts';
import { runShortYear } from '../year/short.ts';

// The telling seeds last: most mutants are caught by the first worlds.
const days = fixedWorlds.map(
  ({ seed, plain, hardships = false }) =>
    () =>
      runWorld(seed, { plain, hardships }),
);
const nights = nightSeeds.map((seed) => () => runWorld(seed, { nights: true }));
const year = async (): Promise<WorldEnd> => (await runShortYear()).end;
const asked = process.argv.slice(2);
for (const run of [...(asked.includes('days') ? days : []), ...(asked.includes('nights') ? [...nights, year] : [])]) {
  const { seed, broken } = await run();
  if (broken === undefined) continue;
  console.log(`seed ${seed} breaks "${broken.rule}"`);
  process.exitCode = 1;
  break;
}
