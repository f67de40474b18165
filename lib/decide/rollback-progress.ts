import { isYoung, notYetSeen } from './not-yet-seen.ts';
import type { Progress } from './progress-step.ts';
import { externalReason, isWayBack, minutes } from './rollout-reasons.ts';
import { verifiedRunning } from './transitions/adopt.ts';
import type { Deployment, Rollback } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { isPast, plusMs } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { isCompleted, type ObservedService, type Rollout } from '../domain/service.ts';

/** What a service on its way back meets: a head whose deployment is condemned, and what ECS runs. */
export interface WayBack {
  head: Head;
  service: ObservedService;
  current: Deployment;
  rollout: Rollout;
}

/** What follows for a service on its way back. It is back when PRIMARY runs the target's revision and is COMPLETED, whatever the rollout's id. */
export function rollbackProgress(way: WayBack, policy: ServicePolicy, now: Date): Progress {
  const { head, service, current, rollout } = way;
  const { rollback } = current;
  if (rollback === undefined) return failed('the record holds no target to go back to');
  if (rollout.id !== rollback.rolloutId && notYetSeen(service, rollback.rolloutId, rollback.startedAt, now)) return stale;
  if (rollout.taskDefinition === rollback.taskDefinition) return onTheWayBack(way, rollback, policy, now);
  const bad = rollout.taskDefinition === current.taskDefinition || rollout.id === current.rolloutId;
  if (bad && rollback.rolloutId === undefined) return { action: rollback.anew === true ? 'register-anew' : 'resume-rollback' };
  if (bad && isWayBack(rollout)) return failed(`ECS went back from the rollback: ${rollout.reason}`);
  return elsewhere(head, current, rollout);
}

/** A failed way back that completes late all the same: the target is live again. */
export function lateWayBack({ service, current, rollout }: WayBack): Progress | undefined {
  if (current.rollback?.taskDefinition !== rollout.taskDefinition) return undefined;
  if (isCompleted(rollout, service)) return { action: 'close-rollback', rollout };
  return { action: 'stay', reason: 'the way back failed, and ECS still tries' };
}

const stale: Progress = { action: 'stay', reason: 'not yet seen', again: true };

function onTheWayBack({ service, current, rollout }: WayBack, rollback: Rollback, policy: ServicePolicy, now: Date): Progress {
  if (rollback.rolloutId === undefined) {
    const before = rollout.updatedAt < (current.startedAt ?? current.createdAt); // From before the condemned one was deployed.
    if (before && isYoung(rollback.startedAt, now)) return stale;
    return before ? { action: 'resume-rollback' } : { action: 'record-rollback', rollout };
  }
  if (isCompleted(rollout, service)) return { action: 'close-rollback', rollout };
  if (rollout.state === 'FAILED') return failed(`ECS could not roll back either: ${rollout.reason ?? 'no reason told'}`);
  if (!isPast(plusMs(rollback.startedAt, policy.verify.timeoutMs), now)) return { action: 'stay', reason: 'the rollback is in progress' };
  const text = `the rollback did not complete within ${minutes(policy.verify.timeoutMs)}`;
  return { action: 'fail', reason: { code: 'rollback-overdue', text } };
}

// ECS's breaker went back while ours was claimed: to another verified revision than ours, which is as good.
function elsewhere(head: Head, current: Deployment, rollout: Rollout): Progress {
  const target = verifiedRunning(head, rollout);
  if (target === undefined) return { action: 'adopt-external', rollout, reason: externalReason(rollout) };
  return { action: 'adopt-rollback', rollout, target, reason: current.reason };
}

function failed(text: string): Progress {
  return { action: 'fail', reason: { code: 'rollback-failed', text } };
}
