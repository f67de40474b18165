import { enter, type Transition } from './transition.ts';
import { oneWayBarrier } from '../one-way.ts';
import { diagnosed } from '../diagnosed.ts';
import { targetRevision, type Deployment } from '../../domain/deployment.ts';
import { revisionName } from '../../domain/failure.ts';
import type { Acting, Head } from '../../domain/head.ts';
import type { Digest } from '../../domain/image.ts';
import { plusMs, toInstant } from '../../domain/instant.ts';
import type { VerifyPolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Rollout } from '../../domain/service.ts';

const barredKept = 50;

/** Condemns the deployment and claims the service for the way back to the target. `actor`: the person who ordered it. */
export function beginRollback(
  head: Head,
  current: Deployment,
  target: Deployment,
  reason: Reason,
  acting: Acting,
  now: Date,
  actor?: string,
): Transition {
  const { verifiedAt: _, ...unverified } = current;
  const taskDefinition = targetRevision(target) ?? '';
  const condemned: Deployment = {
    ...enter(diagnosed(head, unverified), 'rolling-back', reason, now),
    ...crossed(head, current, target),
    rollback: { to: target.id, taskDefinition, startedAt: toInstant(now), ...(actor === undefined ? {} : { actor }) },
  };
  return {
    change: { acting, current: condemned, verified: withoutDeployment(head, current), barred: bar(head, current, target.images, reason) },
    told: [condemned],
  };
}

/** Takes the service again for a way back that was claimed and not walked to its end. From now on an answer of ECS may be from before it. */
export function resumeRollback(condemned: Deployment, acting: Acting, now: Date): Transition {
  const { rollback } = condemned;
  const current = { ...condemned, ...(rollback && { rollback: { ...rollback, startedAt: toInstant(now) } }) };
  return { change: { acting, current }, told: [] };
}

/** Writes down ECS's rollout that carries the rollback, and releases the service. */
export function recordRollback(condemned: Deployment, rollout: Rollout): Transition {
  if (condemned.rollback === undefined) return { change: { acting: null }, told: [] };
  const carried: Deployment = { ...condemned, rollback: { ...condemned.rollback, rolloutId: rollout.id } };
  return { change: { current: carried, acting: null, trouble: null }, told: [], quiet: [carried] };
}

/** ECS's circuit breaker or a person went back before we did: adopted, not repeated. */
export function adoptRollback(
  head: Head,
  current: Deployment,
  rollout: Rollout,
  target: Deployment | undefined,
  reason: Reason,
  now: Date,
): Transition {
  const { verifiedAt: _, ...unverified } = current;
  const condemned: Deployment = {
    ...enter(diagnosed(head, unverified), 'rolling-back', reason, now),
    ...crossed(head, current, target),
    rollback: {
      to: target?.id ?? '',
      taskDefinition: rollout.taskDefinition,
      startedAt: toInstant(now),
      rolloutId: rollout.id,
      native: true,
    },
  };
  return {
    change: {
      current: condemned,
      verified: withoutDeployment(head, current),
      barred: bar(head, current, target?.images, reason),
      trouble: null,
    },
    ...(current.state === 'rolling-back' ? { told: [], quiet: [condemned] } : { told: [condemned] }),
  };
}

// Neither ECS nor a person asks the image whether there is a way back; people are to know what was left.
function crossed(head: Head, current: Deployment, target: Deployment | undefined): Pick<Deployment, 'notes'> {
  const barrier = target && oneWayBarrier(head, current, target);
  if (barrier === undefined) return {};
  return {
    notes: [...(current.notes ?? []), `the service goes back though ${barrier.text}: check that what runs then can live with what it did`],
  };
}

/**
 * The service is back: PRIMARY runs the target's revision and is COMPLETED. The target is live again, and unguarded: never a rollback of a rollback. That its
 * tasks fail too is told for as long as a guard lasts.
 */
export function closeRollback(
  head: Head,
  condemned: Deployment,
  rollout: Rollout,
  { guard }: Pick<VerifyPolicy, 'guard'>,
  now: Date,
): Transition {
  const closed = closedOf(diagnosed(head, condemned), rollout, now);
  const told = condemned.state === 'failed' ? [] : [closed]; // It came too late: people were paged, and the record stays.
  const target = head.verified.find(({ id }) => id === condemned.rollback?.to);
  if (target === undefined) return { change: { current: null, acting: null, trouble: null }, told };
  const { guardUntil: _, ...unguarded } = target;
  const restored: Deployment = {
    ...enter(unguarded, 'live', { code: 'returned-to-verified', text: `deployment ${condemned.id} was rolled back to it` }, now),
    rolloutId: rollout.id,
    returned: { from: condemned.id, until: plusMs(now, guard.forMs) },
  };
  // First, also where a person went past others: whatever comes next and fails goes back to what ran before it.
  const verified = [restored, ...head.verified.filter(({ id }) => id !== restored.id)];
  return { change: { current: restored, verified, acting: null, trouble: null }, told, quiet: [restored] };
}

function closedOf(condemned: Deployment, rollout: Rollout, now: Date): Deployment {
  const text = `the service runs ${revisionName(rollout.taskDefinition)} again and its rollout completed`;
  const closed = enter(condemned, 'rolled-back', { code: 'back-on-target', text }, now);
  return condemned.rollback === undefined ? closed : { ...closed, rollback: { ...condemned.rollback, rolloutId: rollout.id } };
}

/** Ends a deployment that cannot be put right by itself: people are paged. What the service runs stays as it is. */
export function failDeployment(head: Head, current: Deployment, reason: Reason, now: Date): Transition {
  const { verifiedAt: _, ...unverified } = current;
  const failed = enter(diagnosed(head, unverified), 'failed', reason, now);
  return { change: { current: failed, verified: withoutDeployment(head, current), acting: null, trouble: null }, told: [failed] };
}

/** The managed digests in which a condemned deployment differs from the one that the service returns to; without one, from what ran before it. */
export function condemnedDigests(current: Deployment, target?: Deployment['images']): Digest[] {
  const good = target ?? current.previousImages ?? {};
  return Object.entries(current.images)
    .filter(([repository, { digest }]) => good[repository]?.digest !== digest)
    .map(([, { digest }]) => digest);
}

function bar(head: Head, current: Deployment, target: Deployment['images'] | undefined, reason: Reason): Head['barred'] {
  const added = condemnedDigests(current, target);
  const before = Object.entries(head.barred).filter(([digest]) => !added.includes(digest));
  return Object.fromEntries([...before, ...added.map((digest) => [digest, reason] as const)].slice(-barredKept));
}

function withoutDeployment(head: Head, { id }: Deployment): Deployment[] {
  return head.verified.filter((one) => one.id !== id);
}
