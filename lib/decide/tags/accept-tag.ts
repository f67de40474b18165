import { companionTag } from './never-counts.ts';
import { matchesPattern } from './pattern.ts';
import type { TagPolicy } from '../../domain/policy.ts';

/** The tag by which a policy accepts an image that has these tags; undefined when it accepts none. Of several the alphabetically last: the choice must not depend on their order. */
export function acceptedTag(policy: TagPolicy, tags: string[]): string | undefined {
  return tags
    .filter((tag) => accepts(policy, tag) && companionTag(tag) === undefined)
    .toSorted()
    .at(-1);
}

function accepts(policy: TagPolicy, tag: string): boolean {
  switch (policy.kind) {
    case 'tag':
      return tag === policy.tag;
    case 'glob':
      return matchesPattern(policy.pattern, tag);
    default:
      return policy satisfies never;
  }
}
