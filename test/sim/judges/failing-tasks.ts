import type { Task } from '../../../sandbox/model/ecs/task.ts';

/** When which tasks of a revision of a service failed by themselves, as it truly was. */
export class FailingTasks {
  readonly #stopped = new Map<string, Map<Task, number>>();

  /** Takes a task that stopped, if it failed by itself. */
  add(service: string, task: Task, atMs: number): void {
    if (!failed(task)) return;
    const key = `${service} ${task.order.definition.arn}`;
    this.#stopped.set(key, (this.#stopped.get(key) ?? new Map<Task, number>()).set(task, atMs));
  }

  /** How many different tasks of a revision failed. */
  count(service: string, taskDefinition: string | undefined): number {
    return this.#stopped.get(`${service} ${taskDefinition}`)?.size ?? 0;
  }

  /** How many of those that a rollout started failed between two moments. */
  countOfRollout(service: string, taskDefinition: string | undefined, rolloutId: string, fromMs: number, toMs: number): number {
    const stopped = this.#stopped.get(`${service} ${taskDefinition}`) ?? new Map<Task, number>();
    return [...stopped].filter(([task, atMs]) => task.order.startedBy === rolloutId && atMs > fromMs && atMs < toMs).length;
  }
}

function failed({ stopCode, stoppedReason = '' }: Task): boolean {
  return (
    stopCode === 'EssentialContainerExited' || stopCode === 'TaskFailedToStart' || /failed container health checks/.test(stoppedReason)
  );
}
