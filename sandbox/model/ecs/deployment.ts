import type { TaskDefinition } from './task-definition.ts';
import type { Task } from './task.ts';

import type { Unresolved } from './task.ts';

/** A rollout of ECS's own (`ecs-svc/…`). A rollback takes the old one up again, id included. */
export interface Deployment {
  id: string;
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  definition: TaskDefinition;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  createdAtMs: number;
  updatedAtMs: number;
  /** Consecutive failures, counted until a task ran successfully once. */
  failedTasks: number;
  proven: boolean;
  /** Whether it ever was COMPLETED: then its tasks are kept up while another deployment is under way. */
  stable: boolean;
  breakerFailures: number;
  /** Whether an alarm may end it: not where one rang already when it began. */
  alarmsWatched: boolean;
  /** Until when it is watched after all its tasks are healthy; undefined before. */
  bakeUntilMs: number | undefined;
  /** Digests that this deployment pinned, by container. */
  digests: Map<string, string>;
  /** How often a tag of it could not be resolved. */
  unresolved: Unresolved;
  revisionArn: string;
  /** Tasks that have not stopped. */
  tasks: Set<Task>;
}
