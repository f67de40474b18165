import type { CapacityProviderItem, DeploymentConfiguration, ServiceSettings } from './service.ts';
import type { LaunchType } from './task.ts';
import type { Tag } from './tags.ts';

/** What CreateService and UpdateService are given, as far as the model acts on it; the rest is kept and returned. */
export interface ServiceInput {
  cluster?: string | undefined;
  taskDefinition?: string | undefined;
  desiredCount?: number | undefined;
  launchType?: LaunchType | undefined;
  capacityProviderStrategy?: readonly CapacityProviderItem[] | undefined;
  platformVersion?: string | undefined;
  networkConfiguration?: ServiceSettings['networkConfiguration'];
  loadBalancers?: ServiceSettings['loadBalancers'] | undefined;
  deploymentConfiguration?: DeploymentConfiguration | undefined;
  healthCheckGracePeriodSeconds?: number | undefined;
  enableExecuteCommand?: boolean | undefined;
  propagateTags?: string | undefined;
}

export interface CreateServiceInput extends ServiceInput {
  serviceName: string | undefined;
  schedulingStrategy?: 'REPLICA' | 'DAEMON' | undefined;
  deploymentController?: { type?: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL' | undefined } | undefined;
  tags?: readonly Tag[] | undefined;
}

export interface UpdateServiceInput extends ServiceInput {
  service: string | undefined;
  forceNewDeployment?: boolean | undefined;
}

const restarting = [
  'networkConfiguration',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
];
const keptMembers = [
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
  'placementConstraints',
  'placementStrategy',
  'role',
  'enableECSManagedTags',
  'availabilityZoneRebalancing',
];

/** The settings after an input: what it does not name stays as it was. */
export function mergedSettings(before: ServiceSettings, input: ServiceInput): ServiceSettings {
  return {
    launchType: input.capacityProviderStrategy?.length ? undefined : (input.launchType ?? before.launchType),
    capacityProviderStrategy: input.capacityProviderStrategy ?? before.capacityProviderStrategy,
    platformVersion: input.platformVersion ?? before.platformVersion,
    networkConfiguration: input.networkConfiguration ?? before.networkConfiguration,
    loadBalancers: input.loadBalancers ?? before.loadBalancers,
    deploymentConfiguration: { ...before.deploymentConfiguration, ...input.deploymentConfiguration },
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? before.healthCheckGracePeriodSeconds,
    enableExecuteCommand: input.enableExecuteCommand ?? before.enableExecuteCommand,
    propagateTags: input.propagateTags ?? before.propagateTags,
  };
}

/** Members that the model only keeps, as an input names them. */
export function keptOf(input: object): Record<string, unknown> {
  const given = input as Record<string, unknown>;
  return Object.fromEntries(keptMembers.flatMap((member) => (given[member] === undefined ? [] : [[member, given[member]]])));
}

/** Whether an update names something beside the task definition that takes a new deployment. */
export function restarts(input: UpdateServiceInput): boolean {
  const given = input as unknown as Record<string, unknown>;
  return input.forceNewDeployment === true || restarting.some((member) => given[member] !== undefined);
}

export const noSettings: ServiceSettings = {
  launchType: undefined,
  capacityProviderStrategy: undefined,
  platformVersion: undefined,
  networkConfiguration: undefined,
  loadBalancers: [],
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
  healthCheckGracePeriodSeconds: undefined,
  enableExecuteCommand: false,
  propagateTags: undefined,
};

/** A DAEMON service has a task on each container instance, and stops it before it starts the next one there. */
export const daemonSettings: ServiceSettings = {
  ...noSettings,
  deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
};
