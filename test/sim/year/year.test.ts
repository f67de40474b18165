import { expect, it } from '@jest/globals';
import { isOfShortYear } from './short.ts';
import { runYear } from './year.ts';

it('three services in three zones have what they had, or what was asked, around each change of clocks and the end of a year', async () => {
  const { end, counts, edges } = await runYear({ seed: 1, days: 352, lived: isOfShortYear });
  expect(end.broken).toBeUndefined();
  expect(edges).toBeGreaterThan(15);
  expect(counts.awake).toBeGreaterThan(1_000);
  expect(counts.asleep).toBeGreaterThan(2_000);
  expect(end.faults).toBeGreaterThan(500);
});
