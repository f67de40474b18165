import { adoptOutside, adoptWayBack, type AdoptNeeds } from './adopt.ts';
import { attemptsMax, type Found, type Outcome } from './context.ts';
import { commit, record } from './ledger.ts';
import { lookSoon } from './look-soon.ts';
import { noteObstacle } from './note-obstacle.ts';
import { readService } from './read-service.ts';
import { fail, resumeRollBack, rollBack, type RollBackNeeds } from './roll-back.ts';
import { tellIncident } from './tell-incident.ts';
import { forgetOutdated, weighVerdict, type WeighNeeds } from './weigh-verdict.ts';
import { isRevisionOf } from '../decide/containers.ts';
import { obstacleOf } from '../decide/gates/kind.ts';
import type { Progress } from '../decide/progress-step.ts';
import { decideProgress } from '../decide/progress.ts';
import { closeRollback, recordRollback } from '../decide/transitions/rollback.ts';
import { beginBake, followAnew, noteWanted, recordRollout } from '../decide/transitions/rollout.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { decideVerdict, mainCause } from '../decide/verdict.ts';
import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { isPast } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { ObservedService } from '../domain/service.ts';
import type { Invocation } from '../ports/invocation.ts';

export type FollowNeeds = RollBackNeeds & AdoptNeeds & WeighNeeds;

/** A step that this function may not take, left to the tick. */
type Beyond = Extract<Progress, { action: 'verify' | 'resume-deploy' | 'register-anew' }>;
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
    const [head, service] = await Promise.all([needs.heads.read(key), readService(needs.services, key)]);
    if (head === undefined) return undefined;
    if (head.acting !== undefined && !isPast(head.acting.until, invocation.now)) return { head, service }; // Whoever acts does what follows.
    const obstacle = obstacleOf(service, key);
    const noted = await noteObstacle(needs, head, obstacle, policy, invocation);
    if (obstacle !== undefined || service === undefined) return { head: noted, service };
    // One that is let go while it sleeps is woken, and no more: nothing is verified or condemned, but a rollback that was begun is ended.
    if (!policy.managed && noted.current?.state !== 'rolling-back') return { head: noted, service };
    const moved = await takeStep(needs, { head: noted, service, policy, invocation }, beyond);
    if (!moved) return { head: noted, service };
  }
  return undefined;
}

/** One step. False: nothing follows. */
async function takeStep(needs: FollowNeeds, found: Found, beyond: TakeBeyond): Promise<boolean> {
  const progress = await identified(needs, found);
  const { current } = found.head;
  if (progress.action === 'stay' && progress.again === true) {
    await lookSoon(needs.heads, found.head, found.invocation);
    return false;
  }
  if (progress.action === 'stay') return judge(needs, found);
  found.invocation.log('follow', { service: found.head.service, deployment: current?.id, action: progress.action });
  if (progress.action === 'adopt-external') {
    await adoptOutside(needs, found, progress.rollout, progress.reason);
    return true;
  }
  if (current === undefined) return false;
  if (isBeyond(progress)) return (await beyond(found, current, progress)) === 'again';
  return (await stepOf(needs, found, current, progress)) !== 'later';
}

type Own = Exclude<Progress, Beyond | { action: 'stay' | 'identify' | 'adopt-external' }>;

function isBeyond(progress: Progress): progress is Beyond {
  return progress.action === 'verify' || progress.action === 'resume-deploy' || progress.action === 'register-anew';
}

// A step that loses its head to somebody faster is decided again from what that one wrote.
async function stepOf(needs: FollowNeeds, found: Found, current: Deployment, progress: Own): Promise<unknown> {
  const { head, service, policy, invocation } = found;
  const { now } = invocation;
  switch (progress.action) {
    case 'record-rollout':
      return recordFound(needs, found, recordRollout(current, progress.rollout, progress.rollout.createdAt));
    case 'record-rollback':
      return recordFound(needs, found, recordRollback(current, progress.rollout));
    case 'follow-anew':
      return commit(needs, head, followAnew(current, progress.rollout, now), policy, invocation);
    case 'bake':
      return commit(needs, head, beginBake(current, service, now), policy, invocation);
    case 'note-wanted':
      return commit(needs, head, noteWanted(current, progress.wanted, now), policy, invocation);
    case 'condemn':
      return rollBack(needs, found, current, { reason: progress.reason, row: mainCause(head, current) });
    case 'resume-rollback':
      return resumeRollBack(needs, found, current);
    case 'adopt-rollback':
      return adoptWayBack(needs, found, current, progress);
    case 'close-rollback':
      return commit(needs, head, closeRollback(head, current, progress.rollout, policy.verify, now), policy, invocation);
    case 'fail':
      return fail(needs, found, current, progress.reason);
    default:
      return progress satisfies never;
  }
}

// The record of an act that somebody else began and did not write down.
function recordFound(needs: FollowNeeds, { head, policy, invocation }: Found, transition: Transition): Promise<Head> {
  return record(needs, head, policy, invocation, (latest) => (latest.version === head.version ? transition : undefined));
}

/** What follows, the revision of PRIMARY read where that decides. */
async function identified(
  needs: FollowNeeds,
  { head, service, policy, invocation }: Found,
): Promise<Exclude<Progress, { action: 'identify' }>> {
  const progress = decideProgress({ head, service }, policy, invocation.now);
  if (progress.action !== 'identify') return progress;
  const definition = await needs.taskDefinitions.read(progress.rollout.taskDefinition);
  const { current } = head;
  const primaryIsOurs = definition !== undefined && current !== undefined && isRevisionOf(definition, current, policy);
  const known = decideProgress({ head, service, primaryIsOurs }, policy, invocation.now);
  return known.action === 'identify' ? { action: 'stay', reason: 'PRIMARY could not be told' } : known;
}

/** What the failures on record say; an incident is told once and rolls nothing back. */
async function judge(needs: FollowNeeds, found: Found): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const { current } = head;
  if (current === undefined) return false;
  const foreseen = decideVerdict({ head, desiredCount: service.desiredCount }, policy, invocation.now);
  const { verdict, outdated } = await weighVerdict(needs, found, current, foreseen);
  if (verdict.action === 'stay') return false;
  await forgetOutdated(needs, outdated, invocation);
  if (verdict.action === 'incident') return !(await tellIncident(needs, found, current, verdict)); // Decided again where it was not noted.
  return (await rollBack(needs, found, current, verdict)) !== 'later';
}

const leaveToTick: TakeBeyond = async (found, current, step) => {
  found.invocation.log('left to the tick', { service: found.head.service, deployment: current.id, action: step.action });
  return 'done';
};
