import type { StoppedContainer, StoppedTask } from '../../domain/failure.ts';
import type { ContainerDefinition } from '../../domain/task-definition.ts';

const injected = /^(aws-guardduty-agent-|ecs-service-connect-)/; // Put into tasks by AWS, and in no task definition.

/** The containers whose end ends the task. Where the task definition is not known, all but those that AWS put in. */
export function essentialContainers(task: StoppedTask, definitions: ContainerDefinition[]): StoppedContainer[] {
  const own = task.containers.filter(({ name }) => !injected.test(name));
  if (definitions.length === 0) return own;
  const essential = new Set(definitions.filter((definition) => definition.essential).map(({ name }) => name));
  return own.filter(({ name }) => essential.has(name));
}

/** The essential container that ended the task, by its exit code. Undefined when none tells one, or when exit codes say nothing. */
export function exitedContainer(task: StoppedTask, essential: StoppedContainer[]): StoppedContainer | undefined {
  // The scheduler ends tasks by SIGTERM and SIGKILL: what the containers then exit with is its doing.
  if (task.stopCode === 'ServiceSchedulerInitiated') return undefined;
  const exited = essential.filter(({ exitCode }) => exitCode !== undefined);
  // Where one container ends, ECS ends the others: a 143 is collateral, and a 0 came before it.
  return (
    exited.find(({ exitCode }) => exitCode !== 0 && exitCode !== 143) ??
    exited.find(({ exitCode }) => exitCode === 0) ??
    exited.find(() => true)
  );
}
