import { expect, it } from '@jest/globals';
import { runWorld } from '../world.ts';
import { nightSeeds } from './fixed-seeds.ts';

it.each(nightSeeds)('a world with nights breaks no rule under seed %i', async (seed) => {
  expect((await runWorld(seed, { nights: true })).broken).toBeUndefined();
});
