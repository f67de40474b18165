import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Reason } from '../../domain/reason.ts';
import { primaryRollout, type ObservedService, type Rollout } from '../../domain/service.ts';

/** Why a service may not fall asleep yet: a deployment of it is not decided. One that is untested may sleep, for only waking tests it. */
export function postponementOf({ current }: Head, service: ObservedService): Reason | undefined {
  if (current === undefined) return put('what it runs is not yet known');
  if (isUndecided(current)) return put(`deployment ${current.id} is ${current.state}`);
  const rollout = primaryRollout(service);
  if (rollout?.state !== 'IN_PROGRESS' || isGivenUp(current, rollout)) return undefined;
  return put('a rollout is in progress');
}

// Without a circuit breaker ECS tries for ever what we have given up: nobody waits for it, and its tasks need not crash all night.
function isGivenUp({ state, rolloutId }: Deployment, { id }: Rollout): boolean {
  return state === 'failed' && rolloutId === id;
}

function isUndecided({ state, untested }: Deployment): boolean {
  return state === 'deploying' || state === 'rolling-back' || (state === 'baking' && untested !== true);
}

function put(text: string): Reason {
  return { code: 'sleep-postponed', text };
}
