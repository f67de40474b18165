import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import compare from 'semver/functions/compare.js';
import parse from 'semver/functions/parse.js';
import satisfies from 'semver/functions/satisfies.js';
import { compileTags } from '../../lib/config/compile-tags.ts';
import { acceptedTag } from '../../lib/decide/tags/accept-tag.ts';
import { compareNumbers, compareVersions, readVersion } from '../../lib/decide/tags/version.ts';

// Functions carry no library for versions; npm's own is what theirs is held to.
const runs = { numRuns: 3000 };
const largest = String(Number.MAX_SAFE_INTEGER);
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('0', '1', '2', '9', '10', '11') },
  fc.constantFrom('00', '01', '9007199254740990', largest, '9007199254740992', '99999999999999999999', '', 'x', '-1'),
);
const identifier = fc.oneof(
  fc.constantFrom('0', '1', '2', '10', '9007199254740990', 'a', 'b', 'A', 'rc', 'rc1', 'rc10', '-', '--', '-1', '0a', '1-', 'x-y'),
  fc.constantFrom('', '00', '01', '_', 'a_b', ' '),
);
const list = (of: fc.Arbitrary<string>, least: number, most: number) =>
  fc.array(of, { minLength: least, maxLength: most }).map((parts) => parts.join('.'));
const main = fc.oneof({ weight: 9, arbitrary: list(piece, 3, 3) }, list(piece, 1, 4));
const text = fc
  .tuple(fc.constantFrom('', '', 'v', 'V', '=', 'vv', 'r'), main, fc.oneof(fc.constant(undefined), list(identifier, 0, 3)))
  .map(([prefix, numbers, prerelease]) => `${prefix}${numbers}${prerelease === undefined ? '' : `-${prerelease}`}`);
const tagLike = fc.stringMatching(/^[\w.-]{0,12}$/);

describe('a version', () => {
  it('is what npm takes for one', () => {
    fc.assert(
      fc.property(fc.oneof(text, tagLike), (tag) => {
        fc.pre(!/\s$/.test(tag)); // npm trims; a tag has no blank.
        const [ours, npms] = [readVersion(tag), parse(tag)];
        expect(ours && [ours.numbers.join('.'), ours.prerelease.join('.')]).toEqual(
          npms === null ? undefined : [`${npms.major}.${npms.minor}.${npms.patch}`, npms.prerelease.join('.')],
        );
      }),
      runs,
    );
  });

  const near = fc
    .tuple(
      list(fc.constantFrom('0', '1', '10'), 3, 3),
      fc.oneof(
        fc.constant(''),
        list(identifier, 1, 3).map((all) => `-${all}`),
      ),
    )
    .map((parts) => parts.join(''))
    .filter((tag) => parse(tag) !== null);

  it('comes before and after others as npm has it', () => {
    fc.assert(
      fc.property(near, near, (a, b) => {
        const [one, other] = [readVersion(a), readVersion(b)];
        if (one === undefined || other === undefined) throw new Error(`${a} or ${b} is no version`);
        expect(Math.sign(compareVersions(one, other))).toBe(compare(a, b));
        expect(compareNumbers(one, other) === 0).toBe(a.split('-', 1)[0] === b.split('-', 1)[0]);
      }),
      runs,
    );
  });

  const sorted = [
    '1.0.0-0',
    '1.0.0-2',
    '1.0.0-10',
    '1.0.0--',
    '1.0.0-A',
    '1.0.0-a',
    '1.0.0-a.0',
    '1.0.0-a.a',
    '1.0.0-a0',
    '1.0.0',
    '1.0.1-a',
  ];
  it.each(sorted.slice(1).map((later, index) => [sorted[index] ?? '', later]))('%s comes before %s', (earlier, later) => {
    const [one, other] = [readVersion(earlier), readVersion(later)];
    expect(one && other && compareVersions(one, other)).toBeLessThan(0);
    expect(one && other && compareVersions(other, one)).toBeGreaterThan(0);
  });
});

const number = fc.nat({ max: 3 });
const version = fc
  .tuple(number, number, number, fc.constantFrom('', '-0', '-rc.1', '-rc.2', '-beta'))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
const simple = fc.tuple(fc.constantFrom('^', '~', '>=', '<', '>', '<=', '=', ''), version).map((parts) => parts.join(''));
const range = fc
  .array(
    fc.array(simple, { minLength: 1, maxLength: 2 }).map((all) => all.join(' ')),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => all.join(' || '));

describe('a compiled range', () => {
  it('takes what npm takes', () => {
    fc.assert(
      fc.property(version, range, fc.boolean(), (tag, bounds, prereleases) => {
        const policy = compileTags({ order: 'semver', range: bounds, prereleases });
        expect(acceptedTag(policy, [tag]) === tag).toBe(satisfies(tag, bounds, { includePrerelease: prereleases }));
      }),
      runs,
    );
  });
});
