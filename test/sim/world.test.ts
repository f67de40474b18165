import { describe, expect, it } from '@jest/globals';
import { fixedWorlds } from './fixed-seeds.ts';
import { runWorld } from './world.ts';

describe('the seeded world', () => {
  it.each(fixedWorlds)(
    'breaks no rule under seed $seed, plain: $plain, hardships: $hardships',
    async ({ seed, plain, hardships = false }) => {
      expect((await runWorld(seed, { plain, hardships })).broken).toBeUndefined();
    },
  );

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
