import { verifiedRunning } from './transitions/rollout.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import { revisionName } from '../domain/failure.ts';
import type { Head } from '../domain/head.ts';
import { isPast, msBetween, plusMs, type Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { isCompleted, primaryRollout, type ObservedService, type Rollout } from '../domain/service.ts';

export interface ProgressFacts {
  head: Head;
  service: ObservedService;
  /** Id of the deployment that the tag of PRIMARY's revision names; undefined until it was read, null when there is none. */
  primaryTag?: string | null;
}

export type Progress =
  | { action: 'stay'; reason: string; until?: Instant }
  | { action: 'identify'; rollout: Rollout } // Ask again with the tag of PRIMARY's revision.
  | { action: 'record-rollout'; rollout: Rollout }
  | { action: 'follow-anew'; rollout: Rollout }
  | { action: 'bake' }
  | { action: 'verify' }
  | { action: 'condemn'; reason: Reason }
  | { action: 'resume-deploy' }
  | { action: 'resume-rollback' }
  | { action: 'adopt-external'; rollout: Rollout; reason: Reason }
  | { action: 'adopt-rollback'; rollout: Rollout; target: Deployment | undefined; reason: Reason }
  | { action: 'close-rollback'; rollout: Rollout }
  | { action: 'fail'; reason: Reason };

/** Reads of ECS are eventually consistent: one that contradicts a younger record is taken as not yet seen (design, rule 1). */
export const notYetSeenMs = 60_000;

/** What follows for a service from what its head holds and what ECS runs now. Same facts, policy and instant: same answer. */
export function decideProgress(facts: ProgressFacts, policy: ServicePolicy, now: Date): Progress {
  const { head, service } = facts;
  const rollout = primaryRollout(service);
  if (rollout === undefined) return { action: 'stay', reason: 'ECS tells no primary rollout' };
  const { current } = head;
  if (current === undefined) return { action: 'adopt-external', rollout, reason: baseline(head, rollout) };
  if (current.state === 'rolling-back') return rollbackProgress(facts, current, rollout, policy, now);
  if (current.rolloutId === undefined && current.state === 'deploying') return unrecorded(facts, current, rollout);
  if (current.rolloutId === rollout.id) return sameRollout(current, rollout, service, policy, now);
  return otherRollout(head, service, current, rollout, now);
}

// The act was begun and not written down: what the service runs says how far it came.
function unrecorded({ head, primaryTag }: ProgressFacts, current: Deployment, rollout: Rollout): Progress {
  if (rollout.taskDefinition === current.taskDefinition) return { action: 'record-rollout', rollout };
  if (rollout.taskDefinition === current.previousTaskDefinition && verifiedRunning(head, rollout.taskDefinition))
    return { action: 'resume-deploy' };
  if (primaryTag === undefined) return { action: 'identify', rollout };
  if (primaryTag === current.id) return { action: 'record-rollout', rollout };
  if (rollout.taskDefinition === current.previousTaskDefinition) return { action: 'resume-deploy' };
  return { action: 'adopt-external', rollout, reason: external(rollout) };
}

function sameRollout(current: Deployment, rollout: Rollout, service: ObservedService, policy: ServicePolicy, now: Date): Progress {
  switch (current.state) {
    case 'deploying':
      if (isCompleted(rollout, service)) return { action: 'bake' };
      if (rollout.state === 'FAILED') return { action: 'condemn', reason: rolloutFailed(rollout) };
      return overdue(current.startedAt, policy, now) ?? { action: 'stay', reason: 'the rollout is in progress' };
    case 'baking':
      return bakeProgress(current, service, policy, now);
    default:
      return { action: 'stay', reason: `the deployment is ${current.state}` };
  }
}

function bakeProgress(current: Deployment, service: ObservedService, policy: ServicePolicy, now: Date): Progress {
  const tasksRun = service.runningCount > 0;
  if (tasksRun !== (current.untested !== true)) return { action: 'bake' }; // Only time with running tasks counts.
  if (!tasksRun) return { action: 'stay', reason: 'untested: no task runs' };
  const until = plusMs(current.bakeStartedAt ?? now, policy.verify.bakeMs);
  return isPast(until, now) ? { action: 'verify' } : { action: 'stay', reason: 'baking', until };
}

function otherRollout(head: Head, service: ObservedService, current: Deployment, rollout: Rollout, now: Date): Progress {
  if (notYetSeen(service, current.rolloutId, current.startedAt, now))
    return { action: 'stay', reason: 'not yet seen', until: plusMs(current.startedAt ?? now, notYetSeenMs) };
  if (rollout.taskDefinition === current.taskDefinition || rollout.taskDefinition === targetRevision(current))
    return { action: 'follow-anew', rollout };
  const unproven = current.state === 'deploying' || current.state === 'baking';
  const target = verifiedRunning(head, rollout.taskDefinition);
  const goesBack = /rolling back/i.test(rollout.reason ?? '');
  if (unproven && (target !== undefined || goesBack))
    return { action: 'adopt-rollback', rollout, target, reason: nativeRollback(service, current, rollout) };
  return { action: 'adopt-external', rollout, reason: external(rollout) };
}

function rollbackProgress(
  { head, service }: ProgressFacts,
  current: Deployment,
  rollout: Rollout,
  policy: ServicePolicy,
  now: Date,
): Progress {
  const { rollback } = current;
  if (rollback === undefined)
    return { action: 'fail', reason: { code: 'rollback-failed', text: 'the record holds no target to go back to' } };
  if (rollout.taskDefinition === rollback.taskDefinition) return onTheWayBack(rollback.startedAt, rollout, service, policy, now);
  if (rollback.rolloutId === undefined) {
    return rollout.taskDefinition === current.taskDefinition || rollout.id === current.rolloutId
      ? { action: 'resume-rollback' }
      : elsewhere(head, current, rollout);
  }
  if (notYetSeen(service, rollback.rolloutId, rollback.startedAt, now))
    return { action: 'stay', reason: 'not yet seen', until: plusMs(rollback.startedAt, notYetSeenMs) };
  return elsewhere(head, current, rollout);
}

// ECS's breaker went back while ours was claimed: to another verified revision than ours, which is as good.
function elsewhere(head: Head, current: Deployment, rollout: Rollout): Progress {
  const target = verifiedRunning(head, rollout.taskDefinition);
  if (target === undefined) return { action: 'adopt-external', rollout, reason: external(rollout) };
  return { action: 'adopt-rollback', rollout, target, reason: current.reason };
}

function onTheWayBack(startedAt: Instant, rollout: Rollout, service: ObservedService, policy: ServicePolicy, now: Date): Progress {
  if (isCompleted(rollout, service)) return { action: 'close-rollback', rollout };
  if (rollout.state === 'FAILED')
    return {
      action: 'fail',
      reason: { code: 'rollback-failed', text: `ECS could not roll back either: ${rollout.reason ?? 'no reason told'}` },
    };
  if (!isPast(plusMs(startedAt, policy.verify.timeoutMs), now)) return { action: 'stay', reason: 'the rollback is in progress' };
  return {
    action: 'fail',
    reason: { code: 'rollback-overdue', text: `the rollback did not complete within ${minutes(policy.verify.timeoutMs)}` },
  };
}

function overdue(startedAt: Instant | undefined, policy: ServicePolicy, now: Date): Progress | undefined {
  const { timeoutMs } = policy.verify;
  if (startedAt === undefined || !isPast(plusMs(startedAt, timeoutMs), now)) return undefined;
  return { action: 'condemn', reason: { code: 'rollout-overdue', text: `the rollout did not complete within ${minutes(timeoutMs)}` } };
}

// Our own rollout is neither PRIMARY nor among the older ones: this answer is from before it.
function notYetSeen(service: ObservedService, rolloutId: string | undefined, since: Instant | undefined, now: Date): boolean {
  if (rolloutId === undefined || since === undefined || msBetween(since, now) >= notYetSeenMs) return false;
  return !service.rollouts.some(({ id }) => id === rolloutId);
}

function baseline(head: Head, rollout: Rollout): Reason {
  if (msBetween(rollout.createdAt, head.enrolledAt) < 0) return external(rollout);
  return { code: 'baseline', text: `the service ran ${revisionName(rollout.taskDefinition)} when it was enrolled` };
}

function external(rollout: Rollout): Reason {
  return { code: 'external', text: `somebody else made the service run ${revisionName(rollout.taskDefinition)}` };
}

function rolloutFailed(rollout: Rollout): Reason {
  return { code: 'rollout-failed', text: `ECS gave the rollout up: ${rollout.reason ?? 'no reason told'}` };
}

function nativeRollback(service: ObservedService, current: Deployment, rollout: Rollout): Reason {
  const failed = service.rollouts.find(({ id }) => id === current.rolloutId);
  const why = failed?.state === 'FAILED' ? failed.reason : rollout.reason;
  return {
    code: 'native-rollback',
    text: `ECS or an operator went back to ${revisionName(rollout.taskDefinition)} first${why === undefined ? '' : `: ${why}`}`,
  };
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}
