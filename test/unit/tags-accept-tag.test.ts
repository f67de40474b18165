import { describe, expect, it } from '@jest/globals';
import { globPattern } from '../../lib/config/glob.ts';
import { acceptedTag } from '../../lib/decide/tags/accept-tag.ts';
import type { TagPolicy } from '../../lib/domain/policy.ts';

const latest: TagPolicy = { kind: 'tag', tag: 'latest' };
const glob = (text: string): TagPolicy => ({ kind: 'glob', glob: text, pattern: globPattern(text) });

describe('acceptedTag', () => {
  it.each<[name: string, accepted: string | undefined, policy: TagPolicy, tags: string[]]>([
    ['takes the one tag', 'latest', latest, ['v1', 'latest']],
    ['takes no tag that only begins like it', undefined, latest, ['latest-1', 'my-latest']],
    ['minds the case of the one tag', undefined, latest, ['Latest']],
    ['takes a dot in one tag for a dot', undefined, { kind: 'tag', tag: 'v1.2' }, ['v1x2']],
    ['takes a tag that a glob matches', 'main-42', glob('main-*'), ['v1', 'main-42']],
    ['takes nothing that a glob does not match whole', undefined, glob('main-*'), ['not-main-42', 'main']],
    ['minds the case in a glob', undefined, glob('main-*'), ['MAIN-42']],
    ['lets a star match dots', 'v1.2.3', glob('v1*'), ['v1.2.3']],
    ['lets a star match a tag that begins with an underscore', '_v1', glob('*'), ['_v1']],
    ['knows alternatives', 'release-7', glob('{main,release}-*'), ['release-7']],
    ['knows classes of characters', 'v7', glob('v[0-9]'), ['v7', 'vx']],
    ['knows what must not match', 'v1', glob('!(latest)'), ['latest', 'v1']],
    ['takes of several the alphabetically last', 'main-9', glob('main-*'), ['main-10', 'main-9', 'main-1']],
    ['takes the same of them in any order', 'main-9', glob('main-*'), ['main-9', 'main-1', 'main-10']],
    ['takes nothing of an untagged image', undefined, glob('*'), []],
    ['never takes a signature', undefined, glob('*'), [`sha256-${'a'.repeat(64)}.sig`]],
    ['never takes a SOCI index', 'v1', glob('*'), ['v1-soci', 'v1']],
  ])('%s', (_, accepted, policy, tags) => {
    expect(acceptedTag(policy, tags)).toBe(accepted);
  });
});
