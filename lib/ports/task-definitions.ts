import type { TaskDefinition } from '../domain/task-definition.ts';

/** Revisions of task definitions. */
export interface TaskDefinitionReader {
  /** By ARN, `family:revision`, or family (its newest ACTIVE). Tags included. Undefined when there is none. */
  read(name: string): Promise<TaskDefinition | undefined>;
}

export interface TaskDefinitions extends TaskDefinitionReader {
  /**
   * Registers a copy that differs only in the images of the named containers and in the tags added. Nothing else is lost, fields unknown to
   * our SDK included (aws-semantics B.2). `lost` names what AWS refused and the copy had to do without: such fields, or our tags at 50.
   */
  registerCopy(
    source: TaskDefinition,
    images: Record<string, string>,
    tags: Record<string, string>,
  ): Promise<{ taskDefinition: TaskDefinition; lost: string[] }>;
}
