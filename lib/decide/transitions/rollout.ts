import { enter, type Transition } from './transition.ts';
import { withPassed } from '../passed-stops.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import { plusMs, toInstant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import type { ObservedService, Rollout } from '../../domain/service.ts';

export const verifiedKept = 5;

/** Writes down the rollout that carries a deployment out, and releases the service. */
export function recordRollout(current: Deployment, rollout: Rollout, startedAt: string): Transition {
  const carried: Deployment = { ...current, taskDefinition: rollout.taskDefinition, rolloutId: rollout.id, startedAt };
  return { change: { current: carried, acting: null, trouble: null, updatedServiceAt: startedAt }, told: [], quiet: [carried] };
}

/**
 * Follows a rollout of the same revision that somebody started anew (a forced deployment, say). What is not yet proven is watched from
 * now on: ECS's way back may carry an id, and a creation, of long ago.
 */
export function followAnew(current: Deployment, rollout: Rollout, now: Date): Transition {
  const { bakeStartedAt: _, ...rest } = current;
  const followed: Deployment = { ...rest, rolloutId: rollout.id, startedAt: toInstant(now) };
  const reason: Reason = { code: 'external', text: `somebody else started its revision anew: rollout ${rollout.id}` };
  const carried = current.state === 'baking' ? enter(followed, 'deploying', reason, now) : followed;
  return { change: { current: carried }, told: [], quiet: [carried] };
}

/** The rollout completed: watched for the bake. Untested where no task runs that could prove anything. */
export function beginBake(current: Deployment, service: ObservedService, now: Date): Transition {
  const untested = service.runningCount === 0;
  const reason: Reason = untested
    ? { code: 'untested', text: 'the rollout completed with no running task, which proves nothing yet' }
    : { code: 'rollout-completed', text: `the rollout completed with ${service.runningCount} running tasks` };
  const { bakeStartedAt: _, tasksWantedAt: __, ...rest } = current;
  const baked: Deployment = { ...rest, untested, ...(untested ? {} : { bakeStartedAt: toInstant(now) }) };
  if (current.state === 'baking') return { change: { current: baked }, told: [], quiet: [baked] };
  const entered = enter(baked, 'baking', reason, now);
  return { change: { current: entered }, told: [entered] };
}

/** Tasks of an untested deployment are wanted from now on, since it was woken or scaled up; or no more. */
export function noteWanted(current: Deployment, wanted: boolean, now: Date): Transition {
  const { tasksWantedAt: _, ...rest } = current;
  const noted: Deployment = wanted ? { ...rest, tasksWantedAt: toInstant(now) } : rest;
  return { change: { current: noted }, told: [], quiet: [noted] };
}

/** The bake passed: verified, live, under guard, and the newest target of a rollback. The one before it is replaced. */
export function goLive(head: Head, current: Deployment, pinned: string | undefined, policy: ServicePolicy, now: Date): Transition {
  const text = `it ran for ${span(policy.verify.bakeMs)} after its rollout completed, and nothing condemned it`;
  const live: Deployment = {
    ...enter(withPassed(head, current), 'live', { code: 'bake-passed', text }, now),
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

function span(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`;
}
