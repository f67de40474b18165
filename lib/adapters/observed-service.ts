import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { ServiceKey } from '../domain/deployment.ts';
import { toInstant } from '../domain/instant.ts';
import { masked } from '../domain/mask.ts';
import type { ObservedService, Rollout } from '../domain/service.ts';
import type { LaunchShare } from '../domain/sleep.ts';
import { present } from './present.ts';

/** A service of ECS in our words. */
export function toObservedService(key: ServiceKey, service: Service): ObservedService {
  return {
    key,
    arn: service.serviceArn ?? '',
    status: (service.status ?? 'ACTIVE') as ObservedService['status'],
    controller: service.deploymentController?.type ?? 'ECS',
    strategy: service.deploymentConfiguration?.strategy ?? 'ROLLING',
    ...(service.schedulingStrategy === 'DAEMON' ? { daemon: true } : {}),
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    taskDefinition: service.taskDefinition ?? '',
    launch: launchOf(service),
    rollouts: (service.deployments ?? []).map(toRollout),
  };
}

// A launch type is a strategy of one; absent in AWS's answer means EC2.
function launchOf({ launchType = 'EC2', capacityProviderStrategy = [] }: Service): LaunchShare[] {
  if (capacityProviderStrategy.length === 0) return [{ provider: launchType, base: 0, weight: 1 }];
  return capacityProviderStrategy.map(({ capacityProvider = '', base = 0, weight = 0 }) => ({ provider: capacityProvider, base, weight }));
}

function toRollout(deployment: Deployment): Rollout {
  const createdAt = toInstant(deployment.createdAt ?? new Date(0));
  return {
    id: deployment.id ?? '',
    status: (deployment.status ?? 'INACTIVE') as Rollout['status'],
    taskDefinition: deployment.taskDefinition ?? '',
    desiredCount: deployment.desiredCount ?? 0,
    runningCount: deployment.runningCount ?? 0,
    pendingCount: deployment.pendingCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    createdAt,
    updatedAt: deployment.updatedAt === undefined ? createdAt : toInstant(deployment.updatedAt),
    ...present({ state: deployment.rolloutState, reason: deployment.rolloutStateReason && masked(deployment.rolloutStateReason) }),
  };
}
