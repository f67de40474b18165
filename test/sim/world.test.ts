import { describe, expect, it } from '@jest/globals';
import { fixedWorlds } from './fixed-seeds.ts';
import { runWorld } from './world.ts';

describe('the seeded world', () => {
  it.each(fixedWorlds)('breaks no rule under seed $seed, plain: $plain', async ({ seed, plain }) => {
    expect((await runWorld(seed, { plain })).broken).toBeUndefined();
  });

  it('replays exactly: the same seed has the same history', async () => {
    const [one, other] = [await runWorld(7, { trace: true }), await runWorld(7, { trace: true })];
    expect(one.trace.length).toBeGreaterThan(500);
    expect(other.trace).toEqual(one.trace);
  });

  it('has another history under another seed', async () => {
    const [one, other] = [await runWorld(7, { trace: true }), await runWorld(8, { trace: true })];
    expect(other.trace).not.toEqual(one.trace);
  });
});
