import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Deployment } from './deployment.ts';
import type { ServiceDeployment, ServiceRevision } from './service-deployment.ts';
import type { LaunchType, Task } from './task.ts';
import type { Tag } from './tags.ts';

/** A service: what was asked for, its deployments with PRIMARY first, and what the scheduler remembers of it. */
export interface Service {
  name: string;
  arn: string;
  clusterName: string;
  clusterArn: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  schedulingStrategy: 'REPLICA' | 'DAEMON';
  settings: ServiceSettings;
  /** Configuration that the model keeps and returns, and does not act on. */
  kept: Record<string, unknown>;
  deployments: Deployment[];
  /** What a rollback of the circuit breaker returns to. */
  lastCompleted: Deployment | undefined;
  history: ServiceDeployment[];
  revisions: ServiceRevision[];
  events: ServiceEvent[];
  tags: Tag[];
  createdAtMs: number;
  createdBy: string;
  scheduling: Scheduling;
}

export interface ServiceSettings {
  launchType: LaunchType | undefined;
  capacityProviderStrategy: readonly CapacityProviderItem[] | undefined;
  platformVersion: string | undefined;
  networkConfiguration: { awsvpcConfiguration?: { subnets?: readonly string[] | undefined } | undefined } | undefined;
  loadBalancers: readonly { targetGroupArn?: string | undefined }[];
  deploymentConfiguration: DeploymentConfiguration;
  healthCheckGracePeriodSeconds: number | undefined;
  enableExecuteCommand: boolean;
  propagateTags: string | undefined;
}

export interface CapacityProviderItem {
  capacityProvider?: string | undefined;
  weight?: number | undefined;
  base?: number | undefined;
}

export interface DeploymentConfiguration {
  maximumPercent?: number | undefined;
  minimumHealthyPercent?: number | undefined;
  strategy?: string | undefined;
  deploymentCircuitBreaker?: CircuitBreaker | undefined;
  alarms?: DeploymentAlarms | undefined;
  earlySuccessCriteria?: EarlySuccess | undefined;
}

/** Alarms of a service's deployments, as deploymentConfiguration has them. */
export interface DeploymentAlarms {
  alarmNames?: readonly string[] | undefined;
  enable?: boolean | undefined;
  rollback?: boolean | undefined;
}

/** When a deployment counts as successful though not all of its tasks are there, as deploymentConfiguration has it. */
export interface EarlySuccess {
  enable?: boolean | undefined;
  healthyPercent?: number | undefined;
  sourceServiceRevisionCleanup?: string | undefined;
}

/** A line in the service's own list of events. */
export interface ServiceEvent {
  id: string;
  createdAtMs: number;
  message: string;
}

export interface Scheduling {
  /** When the scheduler looks at the service next; undefined when nothing is due. */
  wakeAtMs: number | undefined;
  /** Starts since the last one that reached RUNNING, which the scheduler slows down. */
  failedStarts: number;
  notBeforeMs: number;
  impaired: boolean;
  steady: boolean;
  /** Grows with each loss of the steady state, so that a repetition knows itself to be out of date. */
  unrest: number;
  /** A fault on demand: no task can be placed, for this reason. */
  noCapacity: string | undefined;
  /** Faults on demand: the next tasks cannot start, and why. */
  startFailures: { reason: string; times: number }[];
  /** Tasks beyond the desired count, while one moves to another availability zone. */
  rebalancing: number;
}

/** Tasks of all deployments that have not stopped. */
export function* tasksOf(service: Service): Generator<Task> {
  for (const deployment of service.deployments) yield* deployment.tasks;
}
