import { enter, type Transition } from './transition.ts';
import { targetRevision, type Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Reason } from '../../domain/reason.ts';

/**
 * Ends a deployment whose act never reached ECS: the service runs what it ran before. Where that was verified it is the current one again;
 * anything else is taken up from what the service runs. Its candidate is on record as rejected, so that a changed configuration asks again.
 */
export function withdrawDeployment(head: Head, current: Deployment, state: 'failed' | 'rejected', reason: Reason, now: Date): Transition {
  const withdrawn = enter(current, state, reason, now);
  const before = head.verified.find((one) =>
    [one.taskDefinition, targetRevision(one)].some((arn) => arn !== undefined && arn === current.previousTaskDefinition),
  );
  const seen = Object.fromEntries(
    Object.entries(head.seen).map(([repository, one]) => [repository, rejectedIn(current, repository, one, reason)]),
  );
  return { change: { current: before ?? null, seen, acting: null, trouble: null }, told: [withdrawn] };
}

function rejectedIn({ images }: Deployment, repository: string, seen: Head['seen'][string], reason: Reason): Head['seen'][string] {
  const brought = seen.outcome === 'deployed' && images[repository]?.digest === seen.digest;
  return brought ? { ...seen, outcome: 'rejected', reason } : seen;
}
