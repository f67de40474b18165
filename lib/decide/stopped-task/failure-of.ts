import { isPinned } from '../containers.ts';
import { revisionName, taskId, type Failure, type StoppedTask } from '../../domain/failure.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { TaskDefinition } from '../../domain/task-definition.ts';

/** A counted stop as it is kept: told by an event or found in ECS's list, it is the same. */
export function failureOf(task: StoppedTask, row: number, definition: TaskDefinition | undefined, policy: ServicePolicy): Failure {
  const { stoppedAt, taskArn, taskDefinition, startedBy: rollout } = task;
  const failure = { stoppedAt, taskId: taskId(taskArn), revision: revisionName(taskDefinition), row };
  const namesTag = definition !== undefined && !isPinned(definition, policy);
  return namesTag && rollout !== undefined ? { ...failure, rollout } : failure;
}
