import { isNewer } from '../tags/compare.ts';
import { tagKey } from '../tags/tag-key.ts';
import type { Head, HeadChange, Seen } from '../../domain/head.ts';
import type { Candidate } from '../../domain/image.ts';
import { tagsOf, type ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';

/** What `seen` is after a decision: it holds the newest candidate decided, so an older one that comes late leaves it alone. */
export function decided(head: Head, candidate: Candidate, outcome: Seen['outcome'], reason: Reason, policy: ServicePolicy): HeadChange {
  const tags = tagsOf(policy, candidate.repository);
  const seen = head.seen[candidate.repository];
  const orders = tags !== undefined && tags.kind !== 'tag' && seen !== undefined && seen.digest !== candidate.digest;
  if (orders && tagKey(tags, seen.tag) !== undefined && !isNewer(tags, candidate, seen)) return {};
  return { seen: see(head, candidate, outcome, reason, policy) };
}

/** Notes the outcome of a candidate, with the policy that decided it. */
export function see(
  head: Head,
  { repository, digest, tag, pushedAt }: Candidate,
  outcome: Seen['outcome'],
  reason: Reason,
  policy: ServicePolicy,
): Head['seen'] {
  return { ...head.seen, [repository]: { digest, tag, pushedAt, outcome, reason, policy: policy.hash } };
}
