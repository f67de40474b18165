import { describe, expect, it } from '@jest/globals';
import { compileTags } from '../../lib/config/compile-tags.ts';
import type { RawTagRule } from '../../lib/config/schema-tags.ts';
import { acceptedTag } from '../../lib/decide/tags/accept-tag.ts';
import { compareByPolicy, compareTags } from '../../lib/decide/tags/compare.ts';

/** The tags that a rule takes, oldest first. */
function inOrder(rule: RawTagRule, tags: string[]): string[] {
  const policy = compileTags(rule);
  return tags.filter((tag) => acceptedTag(policy, [tag]) !== undefined).toSorted((a, b) => compareTags(policy, a, b));
}

describe('a rule takes', () => {
  const sha = 'sha256-'.padEnd(71, 'a');
  it.each<[what: string, rule: RawTagRule, takes: string[], leaves: string[]]>([
    ['every tag where it names none', { order: 'newest' }, ['v1', 'main', '_x'], []],
    ['what its expression matches, wherever that stands', { match: 'rc' }, ['rc', '1-rc-2'], ['v1', 'RC']],
    ['only the whole where it says so', { match: '^v\\d$' }, ['v1'], ['v12', 'xv1', 'v1-rc']],
    ['nothing that is excepted, though it matches', { match: '^v', except: '-(dev|wip)$' }, ['v1', 'v1-dev-2'], ['v1-dev', 'v1-wip']],
    ['all that is not excepted', { except: '^latest$' }, ['v1', 'latest-1'], ['latest']],
    ['no signature and no SOCI index', { match: '.' }, ['v1'], [`${sha}.sig`, sha, 'v1-soci']],
    ['nothing whose key was not found', { match: '^v(?<key>\\d+)?', order: 'alphabetical' }, ['v1', 'v1-x'], ['v', 'vx']],
    ['a key of either alternative', { match: '^v(?<key>\\d+)$|^r(?<key>\\d+)$', order: 'numeric' }, ['v1', 'r2'], ['1']],
    ['versions of three parts', { order: 'semver' }, ['1.2.3', 'v1.2.3', '0.0.0'], ['1.2', '1', 'v1', '1.2.3.4', 'latest']],
    ['no git SHA of digits alone as a version', { order: 'semver' }, [], ['1234567', '0123456', '20261123']],
    ['no version with a leading zero', { order: 'semver' }, ['1.0.0'], ['01.0.0', '1.02.0']],
    ['no version that is longer than numbers reach', { order: 'semver' }, ['1.0.9007199254740991'], ['1.0.9007199254740992']],
    ['versions within a range', { order: 'semver', range: '^1.2' }, ['1.2.0', '1.99.0'], ['1.1.9', '2.0.0', '0.9.0']],
    ['versions of either range', { order: 'semver', range: '1.2.x || >=3 <3.1' }, ['1.2.9', '3.0.0'], ['1.3.0', '3.1.0']],
    ['one version', { order: 'semver', range: '1.2.3' }, ['1.2.3', 'v1.2.3'], ['1.2.4']],
    ['no pre-release without being asked', { order: 'semver' }, ['1.2.3'], ['1.2.3-rc.1', '2.0.0-0']],
    ['no pre-release that the range names none of', { order: 'semver', range: '>=1.2' }, ['1.2.0'], ['1.2.0-rc.1', '1.3.0-rc.1']],
    [
      'pre-releases of the version that the range names',
      { order: 'semver', range: '>=1.3.0-rc.1' },
      ['1.3.0-rc.2', '1.3.0-rc.1'],
      ['1.3.0-beta', '1.4.0-rc.1'],
    ],
    ['no pre-release of a version that the range names finished', { order: 'semver', range: '<=1.3.0' }, ['1.3.0'], ['1.3.0-rc.1']],
    ['all pre-releases where they are wanted', { order: 'semver', prereleases: true }, ['1.2.3-rc.1', '2.0.0-0'], ['1.2-rc.1']],
    ['pre-releases within the range', { order: 'semver', range: '^1.2', prereleases: true }, ['1.3.0-rc.1'], ['2.0.0-rc.1', '1.1.0-rc.1']],
    ['the version in its key', { match: '^api-(?<key>.+)$', order: 'semver' }, ['api-1.2.3'], ['1.2.3', 'web-1.2.3', 'api-main']],
    ['whole numbers of any length', { order: 'numeric' }, ['0', '007', '9'.repeat(100)], ['', '1.5', '-1', '1e3', 'x1', '0x1']],
  ])('%s', (_, rule, takes, leaves) => {
    expect(inOrder(rule, [...takes, ...leaves]).toSorted()).toEqual(takes.toSorted());
  });
});

const one = (tag: string, second: number, digest = 'sha256:aa') => ({ tag, digest, pushedAt: `2026-11-20T09:00:0${second}.000Z` });

describe('by order', () => {
  it.each<[order: string, rule: RawTagRule, oldestFirst: string[]]>([
    ['semver', { order: 'semver' }, ['1.2.0', 'v1.9.0', '1.10.0', 'v2.0.0', '10.0.0']],
    [
      'semver, pre-releases before their version',
      { order: 'semver', prereleases: true },
      ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0-rc.2', '1.0.0-rc.10', '1.0.0'],
    ],
    [
      'semver, numbers of a pre-release beyond what floating point tells apart',
      { order: 'semver', prereleases: true },
      ['1.0.0-9007199254740993', '1.0.0-20261123101530122', '1.0.0-20261123101530123'],
    ],
    ['semver of the key', { match: '^(?:api|web)-(?<key>.+)$', order: 'semver' }, ['web-1.9.0', 'api-1.10.0', 'web-1.11.0']],
    ['numeric', { match: '^build-(?<key>\\d+)$', order: 'numeric' }, ['build-9', 'build-10', 'build-00099', 'build-100']],
    ['numeric beyond what floating point tells apart', { order: 'numeric' }, ['9007199254740992', '9007199254740993', '90071992547409920']],
    ['alphabetical', { order: 'alphabetical' }, ['10', '9', 'A', 'B', '_', 'a', 'ab', 'b']],
    ['alphabetical of the key', { match: '(?<key>\\d{4}-\\d\\d)$', order: 'alphabetical' }, ['b-2025-12', 'a-2026-01', 'c-2026-11']],
  ])('%s the higher is newer', (_, rule, oldestFirst) => {
    expect(inOrder(rule, oldestFirst.toReversed())).toEqual(oldestFirst);
    expect(acceptedTag(compileTags(rule), oldestFirst)).toBe(oldestFirst.at(-1)); // All of them on one digest are one candidate.
  });

  it.each<[ties: string, rule: RawTagRule, a: string, b: string]>([
    ['with and without a leading v', { order: 'semver' }, 'v1.2.3', '1.2.3'],
    ['with leading zeros', { order: 'numeric' }, '007', '7'],
    ['nothing but zeros', { order: 'numeric' }, '0', '000'],
    ['of one key', { match: '^.-(?<key>.+)$', order: 'alphabetical' }, 'a-1', 'b-1'],
    ['by push time alone', { order: 'newest' }, 'a', 'b'],
  ])('%s tags tie, and push time decides, then the tag, then the digest', (_, rule, a, b) => {
    const policy = compileTags(rule);
    expect(compareTags(policy, a, b)).toBe(0);
    expect(compareByPolicy(policy, one(a, 1), one(b, 0))).toBeGreaterThan(0);
    expect(compareByPolicy(policy, one(b, 1), one(a, 0))).toBeGreaterThan(0);
    expect(Math.sign(compareByPolicy(policy, one(a, 0), one(b, 0)))).toBe(a < b ? -1 : 1);
    expect(compareByPolicy(policy, one(a, 0, 'sha256:bb'), one(a, 0))).toBeGreaterThan(0);
    expect(compareByPolicy(policy, one(a, 0), one(a, 0))).toBe(0);
  });
});
