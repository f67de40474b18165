import type { ServiceKey } from '../../lib/domain/deployment.ts';
import type { Instant } from '../../lib/domain/instant.ts';
import type { ObservedService, Rollout } from '../../lib/domain/service.ts';

/** A service that has run a revision for a while. */
export function steady(
  key: ServiceKey,
  taskDefinition: string,
  rolloutId: string,
  at: Instant,
  differing: Partial<ObservedService>,
): ObservedService {
  const service = {
    key,
    arn: `arn:aws:ecs:eu-west-1:123456789012:service/${key}`,
    status: 'ACTIVE',
    controller: 'ECS',
    strategy: 'ROLLING',
    desiredCount: 2,
    taskDefinition,
    ...differing,
  } as const;
  const { desiredCount } = service;
  const rollout = completed(started(rolloutId, taskDefinition, desiredCount, at), at);
  return { runningCount: desiredCount, rollouts: [rollout], ...service };
}

/** The service once it was told to run another revision. */
export function rolledOver(service: ObservedService, taskDefinition: string, rolloutId: string, at: Instant): ObservedService {
  const replaced = service.rollouts.map((rollout): Rollout => (isPrimary(rollout) ? { ...rollout, status: 'ACTIVE' } : rollout));
  return { ...service, taskDefinition, rollouts: [started(rolloutId, taskDefinition, service.desiredCount, at), ...replaced] };
}

/** The service once its rollout is complete and alone. */
export function settled(service: ObservedService, at: Instant): ObservedService {
  const rollouts = service.rollouts.filter(isPrimary).map((rollout) => completed(rollout, at));
  return { ...service, runningCount: service.desiredCount, rollouts };
}

/** The service once it was told to have so many tasks, of which so many run. */
export function resized(service: ObservedService, desiredCount: number, runningCount: number): ObservedService {
  const counts = { desiredCount, runningCount };
  return { ...service, ...counts, rollouts: service.rollouts.map((rollout) => (isPrimary(rollout) ? { ...rollout, ...counts } : rollout)) };
}

/** The service once its rollout has failed. */
export function failed(service: ObservedService, reason: string, at: Instant): ObservedService {
  const failure = { state: 'FAILED', reason, updatedAt: at } as const;
  return { ...service, rollouts: service.rollouts.map((rollout) => (isPrimary(rollout) ? { ...rollout, ...failure } : rollout)) };
}

function started(id: string, taskDefinition: string, desiredCount: number, at: Instant): Rollout {
  const counts = { desiredCount, runningCount: 0, pendingCount: desiredCount, failedTasks: 0 };
  return {
    id,
    status: 'PRIMARY',
    taskDefinition,
    ...counts,
    state: 'IN_PROGRESS',
    reason: `ECS deployment ${id} in progress.`,
    createdAt: at,
    updatedAt: at,
  };
}

function completed(rollout: Rollout, at: Instant): Rollout {
  const counts = { runningCount: rollout.desiredCount, pendingCount: 0 };
  return { ...rollout, ...counts, state: 'COMPLETED', reason: `ECS deployment ${rollout.id} completed.`, updatedAt: at };
}

function isPrimary({ status }: Rollout): boolean {
  return status === 'PRIMARY';
}
