import { describe, expect, it } from '@jest/globals';
import { compileTags } from '../../lib/config/compile-tags.ts';
import { exampleTags } from '../../lib/config/example-tags.ts';
import type { RawTags } from '../../lib/config/schema-tags.ts';
import { acceptedTag } from '../../lib/decide/tags/accept-tag.ts';
import { compareTags } from '../../lib/decide/tags/compare.ts';

describe('examples of tags', () => {
  it.each<[tags: RawTags, examples: string[]]>([
    ['latest', ['latest', 'latest', 'latest']],
    ['main-*', ['main-100', 'main-101', 'main-102']],
    ['v?-*', ['va-100', 'va-101', 'va-102']],
    ['{main,release}-*', ['main-100', 'main-101', 'main-102']],
    ['v?.[0-9]', ['va.0', 'va.0', 'va.0']],
    ['!(dev)', ['100', '101', '102']],
    [{ match: '^v(?<key>.+)$', order: 'semver', range: '^1.2' }, ['v1.2.0', 'v1.2.1', 'v1.3.0']],
    [{ order: 'semver' }, ['1.0.0', '1.0.1', '1.1.0']],
    [{ order: 'semver', range: '1.4.0' }, ['1.4.0', '1.4.0', '1.4.0']],
    [{ match: '^v\\d+\\.\\d+\\.\\d+$', order: 'semver' }, ['v1.0.0', 'v1.0.1', 'v1.1.0']],
    [{ match: '^(?:api|web)-(?<key>\\d+)$', order: 'numeric' }, ['api-100', 'api-101', 'api-102']],
    [{ match: '^main-' }, ['main-100', 'main-101', 'main-102']],
    [{ match: '^[0-9a-f]{7}-(?<key>\\d+)$', order: 'alphabetical' }, ['aaaaaaa-100', 'aaaaaaa-101', 'aaaaaaa-102']],
    [{ except: '-dev$' }, ['100', '101', '102']],
  ])('of %j are taken, oldest first', (tags, examples) => {
    const policy = compileTags(tags);
    expect(exampleTags(policy)).toEqual(examples);
    expect(examples.filter((tag) => acceptedTag(policy, [tag]) === undefined)).toEqual([]);
    expect(examples.toSorted((a, b) => compareTags(policy, a, b))).toEqual(examples);
  });

  it('are none where none comes to mind', () => {
    expect(exampleTags(compileTags({ match: '^v1$', except: '.' }))).toBeUndefined();
  });
});
