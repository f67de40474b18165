import { afterAll, describe, expect, it } from '@jest/globals';
import { allCases } from './all-cases.ts';
import { addressOf } from './case.ts';
import { lineOf } from './report.ts';
import { run } from './run.ts';
import { startTarget } from './sandbox-target.ts';

const target = await startTarget();
afterAll(() => target.close());

describe('The sandbox answers as AWS does', () => {
  it.each(allCases.map((told, i) => [told.name, told, i] as const))('%s', async (_, told, i) => {
    const deviations = await run(told, target, `case-${i}`);
    expect(deviations.map(lineOf)).toEqual([]);
  });
});

describe('The cases', () => {
  it('are at least sixty, each with a name of its own', () => {
    expect(allCases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(allCases.map(({ name }) => name)).size).toBe(allCases.length);
  });

  it('have each a source that can be looked up', () => {
    const bare = allCases.filter(
      ({ sources }) => sources.length === 0 || sources.some((source) => !/^https:|^seen /.test(addressOf(source))),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});
