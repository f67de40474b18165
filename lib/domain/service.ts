import type { ServiceKey } from './deployment.ts';
import type { Instant } from './instant.ts';
import type { LaunchShare } from './sleep.ts';

/** A service as ECS tells it now. */
export interface ObservedService {
  key: ServiceKey;
  arn: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  /** Absent in AWS's answer means ECS. */
  controller: string;
  /** Absent in AWS's answer means ROLLING. */
  strategy: string;
  /** A task on each container instance: it takes no desired count. */
  daemon?: boolean;
  desiredCount: number;
  runningCount: number;
  /** ARN of the revision that the service is to run. */
  taskDefinition: string;
  /** By what its tasks are launched. */
  launch?: LaunchShare[];
  rollouts: Rollout[];
}

/** ECS's own deployment of a service (`deployments[]`). */
export interface Rollout {
  id: string;
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  taskDefinition: string;
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
  failedTasks: number;
  /** Absent behind a Classic Load Balancer. */
  state?: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason?: string;
  createdAt: Instant;
  updatedAt: Instant;
}

/** The rollout that the service is to run now. */
export function primaryRollout(service: ObservedService): Rollout | undefined {
  return service.rollouts.find(({ status }) => status === 'PRIMARY');
}

/** Whether a rollout is done: by its state, or, where ECS tells none, when it is alone and all its tasks run. */
export function isCompleted(rollout: Rollout, service: ObservedService): boolean {
  if (rollout.state !== undefined) return rollout.state === 'COMPLETED';
  return service.rollouts.length === 1 && rollout.runningCount === rollout.desiredCount;
}
