import type { Host } from './host.ts';
import type { ContainerSpecification, TaskDefinition } from './task-definition.ts';
import type { Tag } from './tags.ts';

export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'ACTIVATING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'SpotInterruption'
  | 'TerminationNotice'
  | 'InfrastructureHealth';

export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL' | 'MANAGED_INSTANCES';

/** A container of a task. It has an exit code only if it ran. */
export interface Container {
  specification: ContainerSpecification;
  arn: string;
  digest?: string;
  runtimeId?: string;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  exitCode?: number | undefined;
  reason?: string;
  /** It does not obey SIGTERM. */
  stubborn?: boolean;
}

/** How a task came to be, as service or caller ask for it. */
export interface TaskOrder {
  clusterArn: string;
  clusterName: string;
  definition: TaskDefinition;
  group: string;
  startedBy: string | undefined;
  launchType: LaunchType;
  capacityProvider: string | undefined;
  /** The container instance that it is placed on; none on Fargate. */
  host: Host | undefined;
  platformVersion: string | undefined;
  subnets: readonly string[];
  enableExecuteCommand: boolean;
  tags: Tag[];
  /** Digests that the deployment pinned, by container; the first task to resolve a tag adds it. */
  digests: Map<string, string>;
  unresolved: Unresolved;
  health: HealthRules;
  /** Containers that AWS adds because of the service's configuration. */
  added: readonly string[];
  /** A fault on demand: why the task cannot start. */
  failure: string | undefined;
  owner: TaskOwner | undefined;
}

/** How often a deployment could not resolve a tag to its digest; after three times it goes on without, each task with what its tag names then. */
export interface Unresolved {
  times: number;
}

export const mostUnresolved = 3;

/** What decides whether a running task is healthy, beside its containers' own checks. */
export interface HealthRules {
  targetGroup: string | undefined;
  graceMs: number;
}

export type TaskTurn = 'resolved' | 'running' | 'healthy' | 'stopping' | 'drained' | 'stopped';

/** Who launched a task, and hears of its turns. */
export type TaskOwner = (task: Task, turn: TaskTurn) => void;

export interface Task {
  id: string;
  arn: string;
  order: TaskOrder;
  containers: Container[];
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  version: number;
  availabilityZone: string;
  network: Network | undefined;
  healthy: boolean;
  healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';
  /** Grows whenever what was planned for the task no longer holds. */
  plan: number;
  /** A failure in the eyes of the deployment's count and of the circuit breaker. */
  failedDeployment: boolean;
  createdAtMs: number;
  updatedAtMs: number;
  connectivityAtMs?: number;
  pullStartedAtMs?: number;
  pullStoppedAtMs?: number;
  startedAtMs?: number;
  stoppingAtMs?: number;
  executionStoppedAtMs?: number;
  stoppedAtMs?: number;
  stopCode?: StopCode;
  stoppedReason?: string;
}

/** The elastic network interface of a task in network mode awsvpc. */
export interface Network {
  attachmentId: string;
  interfaceId: string;
  subnetId: string;
  macAddress: string;
  address: string;
}

/** Whether the task counts towards what a service has: nothing has told it to stop. */
export function isWanted(task: Task): boolean {
  return task.desiredStatus === 'RUNNING';
}

/** Whether nothing of the task runs any more. */
export function isDrained(task: Task): boolean {
  return task.lastStatus === 'DEPROVISIONING' || task.lastStatus === 'STOPPED';
}
