import type { ImagePolicy } from '../../lib/domain/policy.ts';

// What the policies of the world take and how they order it, said once more, so that the product is not judged by its own answer.

/** The tag policies that a varied world draws from. */
export const tagPolicies = {
  latest: { kind: 'tag', tag: 'latest' },
  main: { kind: 'glob', glob: 'main-*', pattern: '^main-.*$' },
  newest: { kind: 'rule', match: '^main-\\d+$', except: '7$', order: { by: 'newest' } },
  builds: { kind: 'rule', match: '^build-(?<key>\\d+)$', order: { by: 'numeric' } },
  versions: {
    kind: 'rule',
    match: '^v(?<key>.+)$',
    order: {
      by: 'semver',
      range: [
        [
          { operator: '>=', version: '1.0.0' },
          { operator: '<', version: '2.0.0-0' },
        ],
      ],
      prereleases: false,
    },
  },
} as const;

/** Whether a service takes images of that tag. */
export function takes({ tags }: ImagePolicy, tag: string): boolean {
  if (tags.kind === 'tag') return tag === tags.tag;
  if (tags.kind === 'glob') return tag.startsWith('main-');
  switch (tags.order.by) {
    case 'newest':
      return tag.startsWith('main-') && !tag.endsWith('7');
    case 'numeric':
      return tag.startsWith('build-');
    case 'semver':
      return /^v1\.\d+\.\d+$/.test(tag);
    case 'alphabetical':
      return false; // No service of the world orders by text.
    default:
      return tags.order satisfies never;
  }
}

/** Whether the order comes from the tags themselves, and not from the push time. */
export function isByTag({ tags }: ImagePolicy): boolean {
  return tags.kind === 'rule' && tags.order.by !== 'newest';
}

/** The place of an image in a policy's order, by the best of its tags; undefined where the policy takes none of them. Greater is newer. */
export function placeIn(policy: ImagePolicy, tags: readonly string[], pushedAtMs: number): number[] | undefined {
  const taken = tags.filter((tag) => takes(policy, tag));
  if (taken.length === 0) return undefined;
  const keys = isByTag(policy) ? taken.map((tag) => [...tag.matchAll(/\d+/g)].map(Number)) : [[]];
  return [...(keys.toSorted(comparePlaces).at(-1) ?? []), pushedAtMs];
}

/** Older before newer. */
export function comparePlaces(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}
