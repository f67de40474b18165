import { enter, type Transition } from './transition.ts';
import { deploymentId } from '../deployment-id.ts';
import { targetRevision, type Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Images } from '../../domain/image.ts';
import { plusMs, toInstant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import { isCompleted, type ObservedService, type Rollout } from '../../domain/service.ts';

export const verifiedKept = 5;

/** Writes down the rollout that carries a deployment out, and releases the service. */
export function recordRollout(current: Deployment, rollout: Rollout, startedAt: string): Transition {
  const carried: Deployment = { ...current, taskDefinition: rollout.taskDefinition, rolloutId: rollout.id, startedAt };
  return { change: { current: carried, acting: null, trouble: null, updatedServiceAt: startedAt }, told: [], quiet: [carried] };
}

/** Follows a rollout of the same revision that somebody started anew (a forced deployment, say): it is watched from its own beginning. */
export function followAnew(current: Deployment, rollout: Rollout): Transition {
  const carried: Deployment = { ...current, rolloutId: rollout.id, startedAt: rollout.createdAt };
  return { change: { current: carried }, told: [], quiet: [carried] };
}

/** The rollout completed: watched for the bake. Untested where no task runs that could prove anything. */
export function beginBake(current: Deployment, service: ObservedService, now: Date): Transition {
  const untested = service.runningCount === 0;
  const reason: Reason = untested
    ? { code: 'untested', text: 'the rollout completed with no running task, which proves nothing yet' }
    : { code: 'rollout-completed', text: `the rollout completed with ${service.runningCount} running tasks` };
  const { bakeStartedAt: _, ...rest } = current;
  const baked: Deployment = { ...rest, untested, ...(untested ? {} : { bakeStartedAt: toInstant(now) }) };
  if (current.state === 'baking') return { change: { current: baked }, told: [], quiet: [baked] };
  const entered = enter(baked, 'baking', reason, now);
  return { change: { current: entered }, told: [entered] };
}

/** The bake passed: verified, live, under guard, and the newest target of a rollback. The one before it is replaced. */
export function goLive(head: Head, current: Deployment, pinned: string | undefined, policy: ServicePolicy, now: Date): Transition {
  const text = `no failure condemned it within ${Math.round(policy.verify.bakeMs / 1000)} s after its rollout completed`;
  const live: Deployment = {
    ...enter(current, 'live', { code: 'bake-passed', text }, now),
    verifiedAt: toInstant(now),
    guardUntil: plusMs(now, policy.verify.guard.forMs),
    untested: false,
    ...(pinned === undefined ? {} : { pinnedTaskDefinition: pinned }),
  };
  const before = head.verified.filter(({ id, taskDefinition }) => id !== live.id && taskDefinition !== live.taskDefinition);
  const replaced = head.verified
    .filter(({ id, state }) => id !== live.id && state === 'live')
    .map((one) => enter(one, 'replaced', { code: 'replaced-by-newer', text: `deployment ${live.id} went live` }, now));
  const kept = before.map((one) => replaced.find(({ id }) => id === one.id) ?? one);
  const verified = [live, ...kept];
  return {
    change: { current: live, verified: verified.slice(0, verifiedKept), acting: null, trouble: null },
    told: [...replaced, live],
    quiet: verified.slice(verifiedKept).filter(({ id }) => !replaced.some((one) => one.id === id)), // From now on they expire.
  };
}

/** What somebody else made the service run. */
export interface ExternalRollout {
  rollout: Rollout;
  service: ObservedService;
  images: Images;
  reason: Reason;
}

/** Adopts what the service runs and we did not start: followed and verified like ours. What was in flight ends. */
export function adoptExternal(head: Head, { rollout, service, images, reason }: ExternalRollout, now: Date): Transition {
  const id = deploymentId(new Date(rollout.createdAt), head.service, rollout.id, rollout.taskDefinition);
  const previous = head.current?.taskDefinition;
  const adopted: Deployment = {
    id,
    service: head.service,
    origin: 'external',
    images,
    state: 'deploying',
    reason,
    createdAt: rollout.createdAt,
    taskDefinition: rollout.taskDefinition,
    ...(previous === undefined ? {} : { previousTaskDefinition: previous }),
    rolloutId: rollout.id,
    startedAt: rollout.createdAt,
    timeline: [],
  };
  const entered = enter(adopted, 'deploying', reason, now);
  const baking = isCompleted(rollout, service) ? beginBake(entered, service, now) : undefined;
  const current = baking?.told[0] ?? entered;
  const change = { current, failures: null, obstacle: null, trouble: null };
  const ended = endedOutside(head, rollout, now);
  if (reason.code === 'baseline') return { change, told: ended, quiet: [current] }; // Nothing happened: the service was enrolled.
  return { change, told: [...ended, entered, ...(baking?.told ?? [])] };
}

/** Somebody brought back what is in quarantine: on record as failed, and people are paged. */
export function failExternal(transition: Transition, reason: Reason, now: Date): Transition {
  const adopted = transition.change.current;
  if (!adopted) return transition;
  const failed = enter(adopted, 'failed', reason, now);
  return { change: { ...transition.change, current: failed }, told: [...transition.told.filter(({ id }) => id !== failed.id), failed] };
}

function endedOutside(head: Head, rollout: Rollout, now: Date): Deployment[] {
  const { current } = head;
  if (current === undefined) return [];
  const reason: Reason = { code: 'replaced-outside', text: `somebody else deployed ${rollout.taskDefinition}` };
  if (current.state === 'deploying' || current.state === 'baking') return [enter(current, 'superseded', reason, now)];
  if (current.state === 'rolling-back') return [enter(current, 'rolled-back', reason, now)];
  return []; // A live one is replaced when the newer is live; a failed one is closed.
}

/** Whether a revision is one that a verified deployment would be brought back by. */
export function verifiedRunning(head: Head, taskDefinition: string): Deployment | undefined {
  return head.verified.find((one) => one.taskDefinition === taskDefinition || targetRevision(one) === taskDefinition);
}
