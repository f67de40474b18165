import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import type { Task } from './task.ts';

interface Past {
  fromMs: number;
  task: Task;
}

/** Tasks as a read that lags sees them: as they were told last before the moment that it sees, or not there yet. */
export class StaleTasks {
  readonly #surroundings: Surroundings;
  readonly #oldestMs: number;
  readonly #pasts = new WeakMap<Task, Past[]>();

  constructor(surroundings: Surroundings, oldestMs: number) {
    this.#surroundings = surroundings;
    this.#oldestMs = oldestMs;
  }

  /** To be called whenever a task has changed. */
  remember(task: Task): void {
    if (this.#oldestMs === 0) return;
    const fromMs = nowMs(this.#surroundings);
    const pasts = this.#pasts.get(task) ?? [];
    const lastOld = pasts.findLastIndex((past) => past.fromMs <= fromMs - this.#oldestMs);
    const copy = { ...task, containers: task.containers.map((container) => ({ ...container })) };
    this.#pasts.set(task, [...pasts.slice(Math.max(0, lastOld)), { fromMs, task: copy }]);
  }

  /** What one read sees of tasks; all of it as of the same moment. */
  seen(tasks: readonly Task[]): Task[] {
    if (this.#oldestMs === 0) return [...tasks];
    const atMs = nowMs(this.#surroundings) - this.#surroundings.chance.between(0, this.#oldestMs);
    return tasks.flatMap((task) => {
      const pasts = this.#pasts.get(task) ?? [];
      const last = pasts.at(-1);
      if (last === undefined || last.fromMs <= atMs) return [task];
      return pasts.findLast(({ fromMs }) => fromMs <= atMs)?.task ?? [];
    });
  }
}
