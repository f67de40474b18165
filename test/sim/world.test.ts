import { describe, expect, it } from '@jest/globals';
import { runWorld } from './world.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

describe('the seeded world', () => {
  it.each(seeds)('breaks no rule under seed %i', async (seed) => {
    expect((await runWorld(seed)).broken).toBeUndefined();
  });

  it('replays exactly: the same seed has the same history', async () => {
    const [one, other] = [await runWorld(7, { trace: true }), await runWorld(7, { trace: true })];
    expect(one.trace.length).toBeGreaterThan(500);
    expect(other.trace).toEqual(one.trace);
  });
});
