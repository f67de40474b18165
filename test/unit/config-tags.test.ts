import { describe, expect, it } from '@jest/globals';
import { validateConfiguration } from '../../lib/config/validate.ts';
import type { Fault } from '../../lib/config/faults.ts';
import type { TagPolicy } from '../../lib/domain/policy.ts';

const key = 'a/b';

function judge(tags: unknown, defaults: object = {}) {
  return validateConfiguration({ defaults, services: { [key]: { image: 'web', ...(tags === undefined ? {} : { tags }) } } });
}

function compiled(tags: unknown, defaults: object = {}): TagPolicy | undefined {
  const result = judge(tags, defaults);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.configuration.services[key]?.images[0]?.tags;
}

function faultsOf(tags: unknown, defaults: object = {}): Fault[] {
  const result = judge(tags, defaults);
  return 'faults' in result ? result.faults : [];
}

describe('a rule of tags', () => {
  const within = [
    [
      { operator: '>=', version: '1.2.0' },
      { operator: '<', version: '2.0.0-0' },
    ],
  ];
  it.each<[what: string, tags: object, policy: object]>([
    ['goes by push time unless it says how', { match: '^v' }, { match: '^v', order: { by: 'newest' } }],
    ['of numbers', { match: '^b-(?<key>\\d+)$', order: 'numeric' }, { match: '^b-(?<key>\\d+)$', order: { by: 'numeric' } }],
    ['of the alphabet', { except: '^wip', order: 'alphabetical' }, { except: '^wip', order: { by: 'alphabetical' } }],
    ['of versions takes all unless it has a range', { order: 'semver' }, { order: { by: 'semver', range: [[]], prereleases: false } }],
    [
      'of versions has its range resolved',
      { order: 'semver', range: '^1.2' },
      { order: { by: 'semver', range: within, prereleases: false } },
    ],
    [
      'of one version',
      { order: 'semver', range: '1.4.0' },
      { order: { by: 'semver', range: [[{ operator: '=', version: '1.4.0' }]], prereleases: false } },
    ],
    ['with pre-releases', { order: 'semver', prereleases: true }, { order: { by: 'semver', range: [[]], prereleases: true } }],
  ])('%s', (_, tags, policy) => {
    expect(compiled(tags)).toEqual({ kind: 'rule', ...policy });
  });

  it('of a service is merged over that of the defaults, key by key', () => {
    const defaults = { tags: { match: '^v(?<key>.+)$', order: 'semver', range: '^1' } };
    expect(compiled({ range: '1.4.0' }, defaults)).toMatchObject({
      match: '^v(?<key>.+)$',
      order: { range: [[{ operator: '=', version: '1.4.0' }]] },
    });
    expect(compiled('latest', defaults)).toEqual({ kind: 'tag', tag: 'latest' });
  });

  it.each<[tags: object]>([
    [{ match: '^v?(?<key>\\d+\\.\\d+\\.\\d+)$', order: 'semver' }],
    [{ match: '^v\\d+(?:\\.\\d+){2}$', order: 'semver' }],
    [{ match: '^\\d*\\.\\d+\\.\\d+$', order: 'semver' }],
    [{ match: '.+', order: 'semver' }],
    [{ match: '^.+-rc', order: 'semver', prereleases: true }],
    [{ match: '^.+-rc', order: 'semver', range: '>=1.0.0-rc.1' }],
    [{ match: '^(?:v|r)(?<key>.+)$', order: 'semver' }],
    [{ match: '^release-\\d\\.\\d\\.\\d$|^\\d\\.\\d\\.\\d$', order: 'semver' }],
    [{ match: '^[0-9a-f]{7,40}$' }],
    [{ match: '^.+-.+-.+$' }],
    [{ match: '^\\d+\\.\\d+\\.\\d+\\.\\d+\\.\\d+$' }],
    [{ match: '^(?=.*a)(?!.*b)[\\w\\]\\u{41}\\x41\\p{L}-]+$' }],
    [{ match: 'a'.repeat(256) }],
    [{ order: 'newest' }],
  ])('%j is taken', (tags) => {
    expect(faultsOf(tags)).toEqual([]);
  });
});

describe('faults of a rule of tags', () => {
  const semver = { order: 'semver' };
  const numeric = { order: 'numeric' };
  it.each<[what: string, tags: unknown, at: string, found: string, allowed: string, ...nearest: string[]]>([
    ['nothing in it', {}, '', 'an empty mapping', 'at least one of match'],
    ['an unknown key', { mach: 'a' }, '.mach', 'an unknown key', 'one of the keys match, except', 'match'],
    ['an order in other words', { order: 'semvar' }, '.order', '"semvar"', 'semver, numeric, alphabetical or newest', 'semver'],
    ['no expression', { match: '(' }, '.match', '"("', 'of this one: Unterminated group'],
    ['a bad escape', { match: '\\-' }, '.match', '"\\\\-"', 'of this one: Invalid escape'],
    ['a bad expression of exceptions', { except: '[b-a]' }, '.except', '"[b-a]"', 'of this one: Range out of order'],
    ['an empty expression', { match: '' }, '.match', '""', '1 to 256 characters'],
    ['a long expression', { match: 'a'.repeat(257) }, '.match', '"aaa', '1 to 256 characters'],
    ['a list of expressions', { match: ['^v'] }, '.match', 'a list', 'a regular expression, such as'],
    ['a reference back', { match: '(a)\\1' }, '.match', '"(a)', 'references back'],
    ['a reference back by name', { match: '(?<key>a)\\k<key>', order: 'alphabetical' }, '.match', '"(?<key>a)', 'references back'],
    ['flags inside', { match: '(?i:a)' }, '.match', '"(?i:a)"', 'flags inside'],
    ['repetitions of repetitions', { match: '^(a+)+$' }, '.match', '"^(a+)+$"', 'repeats no group that can itself vary'],
    ['repetitions of alternatives', { match: '^(a|a)*$' }, '.match', '"^(a|a)*$"', 'repeats no group that can itself vary'],
    ['repetitions of what may be missing', { except: '^(a?b)*$' }, '.except', '"^(a?b)*$"', 'repeats no group that can itself vary'],
    ['repetitions deep inside', { match: '^x(y(?:z+)+)?$' }, '.match', '"^x', 'repeats no group that can itself vary'],
    ['four repetitions of the same', { match: '.*.*.*.*' }, '.match', '".*.*.*.*"', 'at most three repetitions in a row'],
    ['many that may be missing', { match: 'a?'.repeat(30) }, '.match', '"a?a?', 'at most three repetitions in a row'],
    ['a range without versions', { range: '^1.2' }, '.range', '"^1.2"', 'range belongs to order: semver'],
    ['a range beside another order', { ...numeric, range: '^1.2' }, '.range', '"^1.2"', 'range belongs to order: semver'],
    ['pre-releases without versions', { prereleases: true }, '.prereleases', 'true', 'prereleases belongs to order: semver'],
    ['no range', { ...semver, range: 'newest' }, '.range', '"newest"', 'as npm writes them'],
    ['an empty range', { ...semver, range: ' ' }, '.range', '" "', 'as npm writes them'],
    ['a range as a number', { ...semver, range: 1.2 }, '.range', '1.2', 'in quotes'],
    ['a range that nothing is within', { ...semver, range: '>2 <1' }, '.range', '">2 <1"', 'some version is within'],
    ['pre-releases as text', { ...semver, prereleases: 'yes' }, '.prereleases', '"yes"', 'true or false'],
    ['another named group', { match: '^(?<version>.+)$', ...semver }, '.match', '"^(?<version>', 'no named group but (?<key>…)'],
    ['a key that nothing reads', { match: '^v(?<key>.+)$' }, '.match', '"^v(?<key>', 'beside order: semver, numeric or alphabetical'],
    [
      'a version beside other text',
      { match: '^release-\\d+\\.\\d+\\.\\d+$', ...semver },
      '.match',
      '"^release',
      'around the part to order by',
    ],
    [
      'a version that always ends in other text',
      { match: '^\\d+\\.\\d+\\.\\d+-alpine$', ...semver },
      '.match',
      '-alpine',
      'that is no pre-release',
    ],
    ['other text though pre-releases are taken', { match: '^x.+', ...semver, prereleases: true }, '.match', '"^x.+"', 'around the part'],
    ['a version of two parts', { match: '^v(?<key>\\d+\\.\\d+)$', ...semver }, '.match', '"^v(?<key>', 'never a version of three parts'],
    ['a match of one character', { match: '.', ...semver }, '.match', '"."', 'for the whole match is never a version'],
    ['a number beside other text', { match: '^build-\\d+$', ...numeric }, '.match', '"^build-', 'is never a whole number'],
    ['a key that is no number', { match: '^(?<key>build-\\d+)$', ...numeric }, '.match', '"^(?<key>', 'is never a whole number'],
    ['no alternative that could be a number', { match: '^a\\d$|^b\\d$', ...numeric }, '.match', '"^a', 'is never a whole number'],
    ['a glob of five stars', '*a*b*c*d*', '', '"*a*b*c*d*"', 'at most four stars'],
  ])('%s', (_, tags, at, found, allowed, ...nearest) => {
    const faults = faultsOf(tags);
    expect(faults.map(({ path }) => path)).toEqual([`services.${key}.tags${at}`]);
    expect(faults[0]).toMatchObject({ found: expect.stringContaining(found), allowed: expect.stringContaining(allowed) });
    expect(faults.flatMap((fault) => fault.nearest ?? [])).toEqual(nearest);
  });

  it('of the defaults are told once, where they stand', () => {
    const services = { 'a/b': { image: 'web' }, 'a/c': { image: 'web' }, 'a/d': { image: 'web', tags: 'latest' } };
    const result = validateConfiguration({ defaults: { tags: { range: '^1' } }, services });
    expect('faults' in result && result.faults.map(({ path }) => path)).toEqual(['defaults.tags.range']);
  });

  it('of one of several images are told where they stand', () => {
    const result = validateConfiguration({ services: { [key]: { images: [{ repository: 'web', tags: { range: '^1' } }] } } });
    expect('faults' in result && result.faults.map(({ path }) => path)).toEqual([`services.${key}.images[0].tags.range`]);
  });
});

describe('an expression that is taken', () => {
  it.each(['^.+-.+-.+$', '^[\\w.]+-[\\w.]+-\\d+$', '^(?:\\.\\d\\d)*$', '^\\w*\\d*[0-9a-f]*$'])(
    '%s answers at once on the worst of tags',
    (source) => {
      expect(faultsOf({ match: source })).toEqual([]);
      const expression = new RegExp(source, 'u');
      const began = performance.now();
      for (const part of ['-', '1', '.11', 'a-', 'f']) expression.test(`${part.repeat(128).slice(0, 127)}!`);
      expect(performance.now() - began).toBeLessThan(1000);
    },
  );
});
