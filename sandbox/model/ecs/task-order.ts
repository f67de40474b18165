import type { Chance } from './chance.ts';
import type { Deployment } from './deployment.ts';
import type { Hosts } from './hosts.ts';
import { tasksOf } from './service.ts';
import type { CapacityProviderItem, Service } from './service.ts';
import type { LaunchType, TaskOrder, TaskOwner } from './task.ts';

/** What decides where a task runs. */
export interface Placing {
  chance: Chance;
  hosts: Hosts;
}

/** The task that a deployment of a service asks for. */
export function orderFor(service: Service, deployment: Deployment, { chance, hosts }: Placing, owner: TaskOwner): TaskOrder {
  const { settings } = service;
  const { definition } = deployment;
  const place = placeOn(settings, chance);
  return {
    clusterArn: service.clusterArn,
    clusterName: service.clusterName,
    definition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    ...place,
    host: place.launchType === 'EC2' ? hosts.next(service.clusterName, tasksOf(service)) : undefined,
    subnets: settings.networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
    enableExecuteCommand: settings.enableExecuteCommand,
    tags: propagated(service, deployment),
    digests: deployment.digests,
    unresolved: deployment.unresolved,
    health: { targetGroup: settings.loadBalancers[0]?.targetGroupArn, graceMs: (settings.healthCheckGracePeriodSeconds ?? 0) * 1000 },
    added: proxyOf(service, deployment),
    failure: startFailure(service),
    owner,
  };
}

/** Service Connect puts a proxy beside the containers. */
function proxyOf({ kept }: Service, { id }: Deployment): string[] {
  const connect = kept['serviceConnectConfiguration'] as { enabled?: boolean } | undefined;
  return connect?.enabled === true ? [`ecs-service-connect-${id.slice(-5)}`] : [];
}

/** Why the next task of the service cannot start, where that was ordered. */
function startFailure({ scheduling }: Service): string | undefined {
  const [ordered] = scheduling.startFailures;
  if (ordered !== undefined && --ordered.times === 0) scheduling.startFailures.shift();
  return ordered?.reason;
}

/** Where a task runs, by launch type or by capacity provider strategy. */
export function placeOn(
  wish: {
    launchType?: LaunchType | undefined;
    capacityProviderStrategy?: readonly CapacityProviderItem[] | undefined;
    platformVersion?: string | undefined;
  },
  chance: Chance,
): Pick<TaskOrder, 'launchType' | 'capacityProvider' | 'platformVersion'> {
  const capacityProvider = chosenProvider(wish.capacityProviderStrategy ?? [], chance);
  const launchType = capacityProvider === undefined ? (wish.launchType ?? 'EC2') : launchTypeOf(capacityProvider);
  const version = wish.platformVersion === undefined || wish.platformVersion === 'LATEST' ? '1.4.0' : wish.platformVersion;
  return { launchType, capacityProvider, platformVersion: launchType === 'FARGATE' ? version : undefined };
}

function launchTypeOf(capacityProvider: string): LaunchType {
  return capacityProvider.startsWith('FARGATE') ? 'FARGATE' : 'EC2';
}

function chosenProvider(strategy: readonly CapacityProviderItem[], chance: Chance): string | undefined {
  const total = strategy.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (total === 0) return strategy[0]?.capacityProvider;
  let draw = chance.next() * total;
  return strategy.find(({ weight = 0 }) => (draw -= weight) < 0)?.capacityProvider;
}

function propagated({ settings, tags }: Service, { definition }: Deployment): TaskOrder['tags'] {
  if (settings.propagateTags === 'SERVICE') return tags;
  return settings.propagateTags === 'TASK_DEFINITION' ? definition.tags : [];
}
