import { isYoung, notYetSeen, recordedAt } from './not-yet-seen.ts';
import type { Progress } from './progress-step.ts';
import { lateWayBack, rollbackProgress } from './rollback-progress.ts';
import { baselineReason, externalReason, failedReason, isWayBack, minutes, nativeReason } from './rollout-reasons.ts';
import { lacksCapacity } from './service-actions.ts';
import { verifiedRunning } from './transitions/adopt.ts';
import { mainCause } from './verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { isPast, plusMs } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { isCompleted, primaryRollout, type ObservedService, type Rollout } from '../domain/service.ts';

/** What ECS runs. */
interface Running {
  rollout: Rollout;
  service: ObservedService;
}

const stayIdle: Progress = { action: 'stay', reason: 'no task runs' };

export interface ProgressFacts {
  head: Head;
  service: ObservedService;
  /** Whether PRIMARY's revision is the one that the deployment in flight registered; undefined until it was read. */
  primaryIsOurs?: boolean;
}

/** What follows for a service from what its head holds and what ECS runs now. Same facts, policy and instant: same answer. */
export function decideProgress(facts: ProgressFacts, policy: ServicePolicy, now: Date): Progress {
  const { head, service } = facts;
  const rollout = primaryRollout(service);
  if (rollout === undefined) return { action: 'stay', reason: 'ECS tells no primary rollout' };
  const { current } = head;
  if (current === undefined) return { action: 'adopt-external', rollout, reason: baselineReason(head, rollout) };
  if (current.state === 'rolling-back') return rollbackProgress({ head, service, current, rollout }, policy, now);
  const late = current.state === 'failed' ? lateWayBack({ head, service, current, rollout }) : undefined;
  if (late !== undefined) return late;
  if (current.rolloutId === undefined && current.state === 'deploying') return unrecorded(facts, current, rollout, now);
  if (current.rolloutId === rollout.id) return sameRollout(head, current, { rollout, service }, policy, now);
  return otherRollout(head, service, current, rollout, now);
}

// The act was begun and not written down: what the service runs says how far it came. Run twice, it would be registered twice, so an
// answer that may be from before the act is not believed.
function unrecorded({ head, service, primaryIsOurs }: ProgressFacts, current: Deployment, rollout: Rollout, now: Date): Progress {
  if (primaryIsOurs === undefined) return { action: 'identify', rollout };
  if (primaryIsOurs) return { action: 'record-rollout', rollout };
  if (rollout.taskDefinition !== current.previousTaskDefinition)
    return { action: 'adopt-external', rollout, reason: externalReason(rollout) };
  if (isWayBack(rollout) && rollout.updatedAt > recordedAt(current))
    // It was carried out, and ECS has given it up since.
    return { action: 'adopt-rollback', rollout, target: verifiedRunning(head, rollout), reason: nativeReason(service, current, rollout) };
  return isYoung(recordedAt(current), now) ? { action: 'stay', reason: 'not yet seen', again: true } : { action: 'resume-deploy' };
}

function sameRollout(head: Head, current: Deployment, { rollout, service }: Running, policy: ServicePolicy, now: Date): Progress {
  if (current.state === 'baking') return bakeProgress(head, current, service, policy, now);
  if (current.state !== 'deploying') return { action: 'stay', reason: `the deployment is ${current.state}` };
  if (isCompleted(rollout, service)) return { action: 'bake' };
  if (rollout.state === 'FAILED') return { action: 'condemn', reason: failedReason(rollout) };
  return overdue(current, policy, now) ?? { action: 'stay', reason: 'the rollout is in progress' };
}

function bakeProgress(head: Head, current: Deployment, service: ObservedService, policy: ServicePolicy, now: Date): Progress {
  const tasksRun = service.runningCount > 0;
  const asleep = !tasksRun && service.desiredCount === 0; // Between a crash and the next task none runs either, which proves something.
  if (current.untested === true ? tasksRun : asleep) return { action: 'bake' }; // Only time with running tasks counts.
  if (!tasksRun) return current.untested === true ? untestedProgress(head, current, service, policy, now) : stayIdle;
  const until = plusMs(current.bakeStartedAt ?? now, policy.verify.bakeMs);
  return isPast(until, now) ? { action: 'verify' } : { action: 'stay', reason: `baking until ${until}` };
}

// Rolled out at 0 tasks, and scaled up or woken since: where none comes up within the time of a rollout, none will by itself. That there is no room is told, and
// a way back finds none either.
function untestedProgress(
  head: Head,
  current: Deployment,
  { desiredCount }: ObservedService,
  { verify }: ServicePolicy,
  now: Date,
): Progress {
  const { tasksWantedAt } = current;
  if (desiredCount > 0 !== (tasksWantedAt !== undefined)) return { action: 'note-wanted', wanted: desiredCount > 0 };
  if (tasksWantedAt === undefined || !isPast(plusMs(tasksWantedAt, verify.timeoutMs), now)) return stayIdle;
  if (lacksCapacity(current) && mainCause(head, current) === undefined) return stayIdle;
  const text = `none of its tasks came up within ${minutes(verify.timeoutMs)} since they are wanted`;
  return { action: 'condemn', reason: { code: 'rollout-overdue', text } };
}

function otherRollout(head: Head, service: ObservedService, current: Deployment, rollout: Rollout, now: Date): Progress {
  if (notYetSeen(service, current.rolloutId, recordedAt(current), now)) return { action: 'stay', reason: 'not yet seen', again: true };
  if (runsAnew(rollout, current)) return { action: 'follow-anew', rollout };
  const unproven = current.state === 'deploying' || current.state === 'baking';
  const target = verifiedRunning(head, rollout);
  if (unproven && (target !== undefined || isWayBack(rollout)))
    return { action: 'adopt-rollback', rollout, target, reason: nativeReason(service, current, rollout) };
  return { action: 'adopt-external', rollout, reason: externalReason(rollout) };
}

// A revision that names a tag resolves it anew when it is begun anew: that is another deployment. One that somebody else made may, and of ours one that
// carries on an image of a base that did: once verified, that one has a pinned copy.
function runsAnew({ taskDefinition }: Rollout, { origin, pinnedTaskDefinition, ...current }: Deployment): boolean {
  return taskDefinition === (origin === 'external' ? pinnedTaskDefinition : (pinnedTaskDefinition ?? current.taskDefinition));
}

// A lack of room puts off no time-out: half-way between two revisions is no state to leave a service in, and only what ran has its tasks.
// It is nobody's fault, which the reason says; the cause being none of the image's own, no other service is kept from it.
function overdue(current: Deployment, policy: ServicePolicy, now: Date): Progress | undefined {
  const { timeoutMs } = policy.verify;
  if (current.startedAt === undefined || !isPast(plusMs(current.startedAt, timeoutMs), now)) return undefined;
  const why = lacksCapacity(current) ? ', since ECS found no place for its tasks' : '';
  return {
    action: 'condemn',
    reason: { code: 'rollout-overdue', text: `the rollout did not complete within ${minutes(timeoutMs)}${why}` },
  };
}
