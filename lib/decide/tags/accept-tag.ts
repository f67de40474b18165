import { compareTags } from './compare.ts';
import { compareText } from './key-order.ts';
import { tagKey } from './tag-key.ts';
import type { TagPolicy } from '../../domain/policy.ts';

/** The tag by which a policy accepts an image that has these tags: the newest of them, and of equals the alphabetically last. Undefined when it accepts none. */
export function acceptedTag(policy: TagPolicy, tags: string[]): string | undefined {
  return tags
    .filter((tag) => tagKey(policy, tag) !== undefined)
    .toSorted((a, b) => compareTags(policy, a, b) || compareText(a, b))
    .at(-1);
}
