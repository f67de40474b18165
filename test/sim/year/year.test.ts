import { expect, it } from '@jest/globals';
import { runShortYear } from './short.ts';

it('three services in three zones have what they had, or what was asked, around each change of clocks and the end of a year', async () => {
  const { end, counts, edges } = await runShortYear();
  expect(end.broken).toBeUndefined();
  expect(edges).toBeGreaterThan(15);
  expect(counts.awake).toBeGreaterThan(2_000);
  expect(counts.asleep).toBeGreaterThan(4_000);
  expect(end.faults).toBeGreaterThan(500);
});
