import { fixedWorlds } from '../fixed-seeds.ts';
import { nightSeeds } from '../nights/fixed-seeds.ts';
import { runWorld, type WorldEnd } from '../world.ts';
import { runShortYear } from '../year/short.ts';

/** A world of the fixed set, by a name that tells which. */
export interface FixedRun {
  name: string;
  run: () => Promise<WorldEnd>;
}

/** The worlds by day. */
export const days: readonly FixedRun[] = fixedWorlds.map(({ seed, plain, hardships = false }) => ({
  name: `${plain ? 'plain' : hardships ? 'hard' : 'varied'} ${seed}`,
  run: () => runWorld(seed, { plain, hardships }),
}));

/** The worlds in which services sleep, and the year that is cut to its changes of clocks. */
export const nights: readonly FixedRun[] = [
  ...nightSeeds.map((seed) => ({ name: `nights ${seed}`, run: () => runWorld(seed, { nights: true }) })),
  { name: 'year', run: async () => (await runShortYear()).end },
];
