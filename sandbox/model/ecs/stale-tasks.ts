import type { ReadLag } from './read-lag.ts';
import type { Task } from './task.ts';

interface Past {
  fromMs: number;
  task: Task;
}

/** Tasks as a read that lags sees them: as they were told last before the moment that it sees, or not there yet. */
export class StaleTasks {
  readonly #lag: ReadLag;
  readonly #pasts = new WeakMap<Task, Past[]>();

  constructor(lag: ReadLag) {
    this.#lag = lag;
  }

  /** To be called whenever a task has changed. */
  remember(task: Task): void {
    if (this.#lag.oldestMs === 0) return;
    const fromMs = this.#lag.now();
    const pasts = this.#pasts.get(task) ?? [];
    const lastOld = pasts.findLastIndex((past) => past.fromMs <= fromMs - this.#lag.oldestMs);
    const copy = { ...task, containers: task.containers.map((container) => ({ ...container })) };
    this.#pasts.set(task, [...pasts.slice(Math.max(0, lastOld)), { fromMs, task: copy }]);
  }

  /** What one read sees of the tasks of a group; all of it as of the same moment. */
  seen(group: string, tasks: readonly Task[]): Task[] {
    if (this.#lag.oldestMs === 0) return [...tasks];
    const atMs = this.#lag.seenMs(group);
    return tasks.flatMap((task) => {
      const pasts = this.#pasts.get(task) ?? [];
      const last = pasts.at(-1);
      if (last === undefined || last.fromMs <= atMs) return [task];
      return pasts.findLast(({ fromMs }) => fromMs <= atMs)?.task ?? [];
    });
  }
}
