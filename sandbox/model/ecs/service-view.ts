import type { Deployment } from './deployment.ts';
import type { Service } from './service.ts';
import { tasksOf } from './service.ts';
import type { Task } from './task.ts';

/** A service as DescribeServices answers it. */
export type ServiceView = ReturnType<typeof serviceView>;

/** The service as it is now; tags only where they are asked for, by the caller. */
export function serviceView(service: Service) {
  const { settings } = service;
  const [primary] = service.deployments;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    status: service.status,
    desiredCount: service.desiredCount,
    ...countsOf([...tasksOf(service)]),
    ...placementOf(service),
    platformFamily: settings.launchType === 'FARGATE' ? 'Linux' : undefined,
    taskDefinition: primary?.definition.arn,
    deploymentController: { type: service.controller },
    deploymentConfiguration: settings.deploymentConfiguration,
    deployments: service.controller === 'ECS' ? service.deployments.map((deployment) => deploymentView(service, deployment)) : [],
    taskSets: service.controller === 'ECS' ? undefined : service.deployments.map((deployment) => taskSetView(service, deployment)),
    events: service.events.map(({ id, createdAtMs, message }) => ({ id, createdAt: new Date(createdAtMs), message })),
    createdAt: new Date(service.createdAtMs),
    createdBy: service.createdBy,
    networkConfiguration: settings.networkConfiguration,
    loadBalancers: [...settings.loadBalancers],
    healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds,
    schedulingStrategy: service.schedulingStrategy,
    enableExecuteCommand: settings.enableExecuteCommand,
    propagateTags: settings.propagateTags ?? 'NONE',
    ...currentOf(service),
    ...unchanged,
    ...service.kept,
  };
}

const unchanged = {
  serviceRegistries: [],
  placementConstraints: [],
  placementStrategy: [],
  enableECSManagedTags: false,
  availabilityZoneRebalancing: 'DISABLED',
};

function deploymentView(service: Service, deployment: Deployment) {
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.definition.arn,
    desiredCount: desiredOf(service, deployment),
    ...countsOf([...deployment.tasks]),
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAtMs),
    updatedAt: new Date(deployment.updatedAtMs),
    ...placementOf(service),
    networkConfiguration: service.settings.networkConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}

function taskSetView(service: Service, deployment: Deployment) {
  const number = deployment.id.slice(deployment.id.indexOf('/') + 1);
  return {
    id: deployment.id,
    taskSetArn: `${service.arn.replace(':service/', ':task-set/')}/${number}`,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    status: deployment.status,
    taskDefinition: deployment.definition.arn,
    computedDesiredCount: desiredOf(service, deployment),
    ...countsOf([...deployment.tasks]),
    createdAt: new Date(deployment.createdAtMs),
    updatedAt: new Date(deployment.updatedAtMs),
    scale: { value: 100, unit: 'PERCENT' as const },
    stabilityStatus: deployment.rolloutState === 'COMPLETED' ? ('STEADY_STATE' as const) : ('STABILIZING' as const),
  };
}

/** PRIMARY wants what the service wants; an older deployment what is left of it; a failed one nothing. */
function desiredOf(service: Service, deployment: Deployment): number {
  if (deployment.status === 'PRIMARY') return deployment.rolloutState === 'FAILED' ? 0 : service.desiredCount;
  return [...deployment.tasks].filter(({ desiredStatus }) => desiredStatus === 'RUNNING').length;
}

function countsOf(tasks: Task[]): { runningCount: number; pendingCount: number } {
  let [runningCount, pendingCount] = [0, 0];
  for (const { lastStatus, startedAtMs } of tasks) {
    if (lastStatus === 'RUNNING') runningCount++;
    else if (startedAtMs === undefined && lastStatus !== 'DEPROVISIONING') pendingCount++;
  }
  return { runningCount, pendingCount };
}

function placementOf({ settings }: Service) {
  const strategy = settings.capacityProviderStrategy;
  const wanted =
    strategy === undefined ? { launchType: settings.launchType ?? ('EC2' as const) } : { capacityProviderStrategy: [...strategy] };
  return { ...wanted, platformVersion: settings.platformVersion ?? (settings.launchType === 'EC2' ? undefined : 'LATEST') };
}

function currentOf(service: Service) {
  if (service.controller !== 'ECS') return {};
  return {
    currentServiceDeployment: service.history[0]?.arn,
    currentServiceRevisions: service.deployments.map((deployment) => {
      const { runningCount, pendingCount } = countsOf([...deployment.tasks]);
      const requestedTaskCount = desiredOf(service, deployment);
      return { arn: deployment.revisionArn, requestedTaskCount, runningTaskCount: runningCount, pendingTaskCount: pendingCount };
    }),
  };
}
