import type { ContainerLog } from '../domain/task-definition.ts';

/** What containers wrote. */
export interface TaskLogs {
  /** The last lines of one container of one task, oldest first, as they were written; empty where there are none, or none that may be read. */
  last(log: ContainerLog, container: string, taskId: string, lines: number): Promise<string[]>;
}
