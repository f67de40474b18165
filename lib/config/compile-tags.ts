import type { TagOrder, TagPolicy } from '../domain/policy.ts';
import { globPattern } from './glob.ts';
import type { RawTagRule, RawTags } from './schema-tags.ts';
import { rangeBounds } from './version-range.ts';

/** How tags are chosen, with globs and ranges made ready: no function carries what reads them. */
export function compileTags(tags: RawTags): TagPolicy {
  if (typeof tags === 'string')
    return /^[\w.-]+$/.test(tags) ? { kind: 'tag', tag: tags } : { kind: 'glob', glob: tags, pattern: globPattern(tags) };
  const { match, except } = tags;
  return {
    kind: 'rule',
    ...(match === undefined ? {} : { match }),
    ...(except === undefined ? {} : { except }),
    order: compileOrder(tags),
  };
}

function compileOrder({ order = 'newest', range = '*', prereleases = false }: RawTagRule): TagOrder {
  return order === 'semver' ? { by: order, range: rangeBounds(range, prereleases), prereleases } : { by: order };
}
