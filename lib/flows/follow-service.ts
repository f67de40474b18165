import { adoptOutside, adoptWayBack } from './adopt.ts';
import { attemptsMax, type Found, type Outcome } from './context.ts';
import { commit, record } from './ledger.ts';
import { fail, resumeRollBack, rollBack, type RollBackNeeds } from './roll-back.ts';
import { tellIncident } from './tell-incident.ts';
import { obstacleOf } from '../decide/gates/kind.ts';
import { decideProgress, type Progress } from '../decide/progress.ts';
import { closeRollback } from '../decide/transitions/rollback.ts';
import { beginBake, followAnew, recordRollout } from '../decide/transitions/rollout.ts';
import { decideVerdict, mainCause } from '../decide/verdict.ts';
import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { isPast, toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService } from '../domain/service.ts';
import { deploymentTag } from '../domain/task-definition.ts';
import { describeObstacle } from '../notifications/describe-event.ts';
import type { Invocation } from '../ports/invocation.ts';

export type FollowNeeds = RollBackNeeds;

/** A step that this function may not take, left to the tick. */
type Beyond = Extract<Progress, { action: 'verify' | 'resume-deploy' }>;
/** Takes a step that only some functions may take. */
export type TakeBeyond = (found: Found, current: Deployment, step: Beyond) => Promise<Outcome>;

const stepsMax = 6;

/**
 * Looks at a service and does what follows from its head and from what ECS runs now, step after step, until nothing does. Whatever
 * woke us says only "look": a repeated, late or invented event ends in the same record. Answers the head as it was last seen.
 */
export async function followService(
  needs: FollowNeeds,
  key: ServiceKey,
  policy: ServicePolicy,
  invocation: Invocation,
  beyond: TakeBeyond = leaveToTick,
): Promise<{ head: Head; service: ObservedService | undefined } | undefined> {
  for (let step = 0; step < stepsMax + attemptsMax; step += 1) {
    const [head, service] = await Promise.all([needs.heads.read(key), needs.services.read(key)]);
    if (head === undefined) return undefined;
    if (head.acting !== undefined && !isPast(head.acting.until, invocation.now)) return { head, service }; // Whoever acts does what follows.
    const obstacle = obstacleOf(service, key);
    if (obstacle !== undefined || service === undefined)
      return { head: await noteObstacle(needs, head, obstacle, policy, invocation), service };
    const found = { head: await noteObstacle(needs, head, undefined, policy, invocation), service, policy, invocation };
    const moved = await takeStep(needs, found, beyond);
    if (!moved) return { head, service };
  }
  return undefined;
}

/** One step. False: nothing follows. */
async function takeStep(needs: FollowNeeds, found: Found, beyond: TakeBeyond): Promise<boolean> {
  const progress = await identified(needs, found);
  const { current } = found.head;
  if (progress.action !== 'stay')
    found.invocation.log('follow', { service: found.head.service, deployment: current?.id, action: progress.action });
  switch (progress.action) {
    case 'stay':
      return judge(needs, found);
    case 'adopt-external':
      await adoptOutside(needs, found, progress.rollout, progress.reason);
      return true;
    case 'identify':
      return false; // It was asked with the tag already.
    default:
      return current === undefined ? false : stepOf(needs, found, current, progress, beyond);
  }
}

type OfCurrent = Exclude<Progress, { action: 'stay' | 'adopt-external' | 'identify' }>;

async function stepOf(needs: FollowNeeds, found: Found, current: Deployment, progress: OfCurrent, beyond: TakeBeyond): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const { now } = invocation;
  switch (progress.action) {
    case 'record-rollout':
      await record(needs, head, policy, invocation, (latest) =>
        latest.version === head.version ? recordRollout(current, progress.rollout, progress.rollout.createdAt) : undefined,
      );
      return true;
    case 'follow-anew':
      await commit(needs, head, followAnew(current, progress.rollout), policy, invocation);
      return true;
    case 'bake':
      await commit(needs, head, beginBake(current, service, now), policy, invocation);
      return true;
    case 'condemn':
      await rollBack(needs, found, current, { reason: progress.reason, row: mainCause(head, current) });
      return true;
    case 'resume-rollback':
      await resumeRollBack(needs, found, current);
      return true;
    case 'adopt-rollback':
      await adoptWayBack(needs, found, current, progress);
      return true;
    case 'close-rollback':
      await commit(needs, head, closeRollback(head, current, progress.rollout, now), policy, invocation);
      return true;
    case 'fail':
      await fail(needs, found, current, progress.reason);
      return true;
    case 'verify':
    case 'resume-deploy':
      return (await beyond(found, current, progress)) === 'again';
    default:
      return progress satisfies never;
  }
}

async function identified(needs: FollowNeeds, { head, service, policy, invocation }: Found): Promise<Progress> {
  const progress = decideProgress({ head, service }, policy, invocation.now);
  if (progress.action !== 'identify') return progress;
  const definition = await needs.taskDefinitions.read(progress.rollout.taskDefinition);
  return decideProgress({ head, service, primaryTag: definition?.tags[deploymentTag] ?? null }, policy, invocation.now);
}

/** What the failures on record say; an incident is told once and rolls nothing back. */
async function judge(needs: FollowNeeds, found: Found): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const { current } = head;
  const verdict = decideVerdict({ head, desiredCount: service.desiredCount }, policy, invocation.now);
  if (verdict.action === 'stay' || current === undefined) return false;
  if (verdict.action === 'incident') {
    if (current.incidentAt !== undefined) return false;
    await tellIncident(needs, found, current, verdict.reason);
    return true;
  }
  await rollBack(needs, found, current, verdict);
  return true;
}

// Told once, and forgotten when it is gone, so that it is told anew should it come back.
async function noteObstacle(
  needs: FollowNeeds,
  head: Head,
  obstacle: Reason | undefined,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<Head> {
  if (head.obstacle?.code === obstacle?.code) return head;
  if (obstacle === undefined) return (await commit(needs, head, { change: { obstacle: null }, told: [] }, policy, invocation)) ?? head;
  const notification = describeObstacle({ service: head.service, reason: obstacle, at: toInstant(invocation.now) });
  return (await commit(needs, head, { change: { obstacle }, told: [] }, policy, invocation, [{ kind: 'message', notification }])) ?? head;
}

const leaveToTick: TakeBeyond = async (found, current, step) => {
  found.invocation.log('left to the tick', { service: found.head.service, deployment: current.id, action: step.action });
  return 'done';
};
