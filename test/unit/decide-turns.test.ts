import { describe, expect, it } from '@jest/globals';
import { repositoriesOf, turnsAt } from '../../lib/decide/turns.ts';
import type { Configuration, TagPolicy } from '../../lib/domain/policy.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const tag: TagPolicy = { kind: 'tag', tag: 'latest' };
const glob: TagPolicy = { kind: 'glob', glob: 'main-*', pattern: '^main-.*$' };
const begin = Date.parse('2026-11-23T12:00:00.000Z');

/** So many services, each with a repository of its own. */
function fleet(services: number, perMinute = 10, tags = tag): Configuration {
  const policies = Array.from({ length: services }, (_, index) =>
    aPolicy({ service: `production/s${index}`, images: [{ repository: `repository-${index}`, tags }] }),
  );
  return { ...aConfiguration(policies), reconcile: { perMinute } };
}

/** The turns of so many minutes, one after the other. */
function minutes(configuration: Configuration, count: number): string[][] {
  return Array.from({ length: count }, (_, minute) => turnsAt(configuration, new Date(begin + minute * 60_000)));
}

describe('turns', () => {
  it.each<[name: string, services: number, perMinute: number, round: number]>([
    ['one', 1, 10, 7],
    ['fifty', 50, 10, 7],
    ['a hundred', 100, 10, 14],
    ['a thousand', 1000, 10, 134],
    ['a hundred at one page a minute', 100, 1, 134],
    ['a hundred at a hundred pages', 100, 100, 7],
  ])('come once a round to each repository: %s', (_, services, perMinute, round) => {
    const configuration = fleet(services, perMinute);
    for (const from of [0, 5]) {
      const turns = minutes(configuration, from + round).slice(from);
      expect(turns.flat().toSorted()).toEqual(repositoriesOf(configuration));
    }
  });

  it.each([1, 7, 50, 99, 100, 1000])('leave pages of each minute to others, with %i repositories', (services) => {
    for (const turns of minutes(fleet(services), 200)) expect(turns.length).toBeLessThanOrEqual(8);
  });

  it('come to each of a hundred within a quarter of an hour, whatever happens between', () => {
    const turns = minutes(fleet(100), 15).flat();
    expect(new Set(turns).size).toBe(100);
  });

  it('count what a look costs: each tag that is followed by itself, and the listing once', () => {
    const tags = ['1', '2', '3'].map((name): TagPolicy => ({ kind: 'tag', tag: name }));
    const policies = [...tags, ...tags, glob, glob].map((one, index) =>
      aPolicy({ service: `staging/s${index}`, images: [{ repository: 'shared', tags: one }] }),
    );
    const others = Object.values(fleet(60).services);
    const configuration = aConfiguration([...policies, ...others]);
    expect(minutes(configuration, 9).flat().toSorted()).toEqual(repositoriesOf(configuration)); // 64 pages at 7.5 a minute.
  });

  it('pass over what is not managed, and end with an empty configuration', () => {
    const configuration = aConfiguration([aPolicy({ managed: false })]);
    expect(repositoriesOf(configuration)).toEqual([]);
    expect(minutes(configuration, 7).flat()).toEqual([]);
  });

  it('are the same at each instant of a minute', () => {
    const configuration = fleet(100);
    expect(turnsAt(configuration, '2026-11-23T12:03:00.000Z')).toEqual(turnsAt(configuration, '2026-11-23T12:03:59.999Z'));
    expect(turnsAt(configuration, '2026-11-23T12:03:00.000Z')).not.toEqual(turnsAt(configuration, '2026-11-23T12:04:00.000Z'));
  });
});
