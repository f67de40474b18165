import type { Task } from '../../../sandbox/model/ecs/task.ts';

/** When which tasks of a revision of a service failed by themselves, as it truly was. */
export class FailingTasks {
  readonly #stopped = new Map<string, Map<string, number>>();

  /** Takes a task that stopped, if it failed by itself. */
  add(service: string, task: Task, atMs: number): void {
    if (!failed(task)) return;
    const key = `${service} ${task.order.definition.arn}`;
    this.#stopped.set(key, (this.#stopped.get(key) ?? new Map<string, number>()).set(task.id, atMs));
  }

  /** How many different tasks of it failed between two moments. */
  count(service: string, taskDefinition: string | undefined, fromMs: number, toMs: number): number {
    const stopped = this.#stopped.get(`${service} ${taskDefinition}`)?.values() ?? [];
    return [...stopped].filter((atMs) => atMs > fromMs && atMs < toMs).length;
  }
}

function failed({ stopCode, stoppedReason = '' }: Task): boolean {
  return (
    stopCode === 'EssentialContainerExited' || stopCode === 'TaskFailedToStart' || /failed container health checks/.test(stoppedReason)
  );
}
