import type { Deployment } from '../domain/deployment.ts';
import { revisionName } from '../domain/failure.ts';
import type { Head } from '../domain/head.ts';
import { msBetween } from '../domain/instant.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService, Rollout } from '../domain/service.ts';

/** Why a service without a record is taken up: it ran that when it was enrolled, or somebody deployed it since. */
export function baselineReason({ enrolledAt }: Head, rollout: Rollout): Reason {
  if (msBetween(rollout.createdAt, enrolledAt) < 0) return externalReason(rollout);
  return { code: 'baseline', text: `the service ran ${revisionName(rollout.taskDefinition)} when it was enrolled` };
}

/** Somebody else deployed. */
export function externalReason(rollout: Rollout): Reason {
  return { code: 'external', text: `somebody else made the service run ${revisionName(rollout.taskDefinition)}` };
}

/** ECS gave a rollout up, in its own words. */
export function failedReason(rollout: Rollout): Reason {
  return { code: 'rollout-failed', text: `ECS gave the rollout up: ${rollout.reason ?? 'no reason told'}` };
}

/** ECS or a person went back first; where ECS still tells of the failed rollout, with its reason. */
export function nativeReason(service: ObservedService, current: Deployment, rollout: Rollout): Reason {
  const failed = service.rollouts.find(({ id }) => id === current.rolloutId);
  const why = failed?.state === 'FAILED' ? failed.reason : rollout.reason;
  return {
    code: 'native-rollback',
    text: `ECS or an operator went back to ${revisionName(rollout.taskDefinition)} first${why === undefined ? '' : `: ${why}`}`,
  };
}

/** Whether ECS says of a rollout that it is its circuit breaker's or an alarm's way back. */
export function isWayBack({ reason }: Rollout): boolean {
  return /rolling back/i.test(reason ?? '');
}

/** Whole minutes, as reasons tell them. */
export function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}
