import { compareText } from './key-order.ts';
import { newestPush } from './newest-push.ts';
import { orderOf } from './order-of.ts';
import { tagKey } from './tag-key.ts';
import type { Digest } from '../../domain/image.ts';
import type { Instant } from '../../domain/instant.ts';
import type { TagPolicy } from '../../domain/policy.ts';

/** What has a place in a policy's order, where the policy takes its tag. */
export interface Placed {
  digest: Digest;
  tag: string;
  pushedAt: Instant;
}

/** Older before newer: by what the tags say, then by push time, then tag, then digest, so that two different ones are never equal. */
export function compareByPolicy(policy: TagPolicy, a: Placed, b: Placed): number {
  return (
    compareTags(policy, a.tag, b.tag) || compareText(a.pushedAt, b.pushedAt) || compareText(a.tag, b.tag) || compareText(a.digest, b.digest)
  );
}

/**
 * Whether a candidate, as the registry tells it now, comes after something of which only our record tells. A tag names one image: where the
 * candidate bears the other's very tag, the tag was moved, and in an order of tags that says more than push time.
 */
export function isNewer(policy: TagPolicy, candidate: Placed, recorded: Placed): boolean {
  const moved = orderOf(policy) !== newestPush && candidate.tag === recorded.tag && candidate.digest !== recorded.digest;
  return moved || compareByPolicy(policy, candidate, recorded) > 0;
}

/** Older before newer by what the tags say alone; one that the policy does not take comes before all others. */
export function compareTags(policy: TagPolicy, a: string, b: string): number {
  const [one, other] = [tagKey(policy, a), tagKey(policy, b)];
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  return orderOf(policy).compare(one, other);
}
