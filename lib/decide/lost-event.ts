import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import { msBetween } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** An event that is so young may be on its way still. */
export const onItsWayMs = 60_000;

/**
 * Whether a candidate that reconciliation brings up was told by no event. It was, or nobody had to, where the head or the history knows it, where it was
 * there when the service was enrolled, and where another configuration decided last, which may not have taken it.
 */
export function wasLost(
  { repository, digest, tag, pushedAt }: Candidate,
  head: Head,
  history: Deployment[],
  policy: ServicePolicy,
  now: Date,
): boolean {
  const seen = head.seen[repository];
  if (seen?.digest === digest && seen.tag === tag) return false;
  if (seen?.policy !== undefined && seen.policy !== policy.hash) return false;
  if (pushedAt <= head.enrolledAt || msBetween(pushedAt, now) < onItsWayMs) return false;
  return !history.some(({ images }) => images[repository]?.digest === digest);
}
