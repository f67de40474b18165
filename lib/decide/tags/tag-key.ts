import { companionTag } from './never-counts.ts';
import { orderOf } from './order-of.ts';
import { findInTag, matchesPattern } from './pattern.ts';
import type { TagPolicy, TagRule } from '../../domain/policy.ts';

/** What a policy orders a tag by; undefined where it does not take the tag, for whatever reason. */
export function tagKey(policy: TagPolicy, tag: string): string | undefined {
  const key = keyIn(policy, tag);
  return key === undefined || companionTag(tag) !== undefined || !orderOf(policy).admits(key) ? undefined : key;
}

/** What the policy's pattern finds in a tag, whatever the order makes of it. */
export function keyIn(policy: TagPolicy, tag: string): string | undefined {
  switch (policy.kind) {
    case 'tag':
      return tag === policy.tag ? tag : undefined;
    case 'glob':
      return matchesPattern(policy.pattern, tag) ? tag : undefined;
    case 'rule':
      return keyOfRule(policy, tag);
    default:
      return policy satisfies never;
  }
}

function keyOfRule({ match, except }: TagRule, tag: string): string | undefined {
  if (except !== undefined && findInTag(except, tag) !== undefined) return undefined;
  if (match === undefined) return tag;
  const found = findInTag(match, tag);
  return found?.groups !== undefined && 'key' in found.groups ? found.groups['key'] : found?.[0];
}
