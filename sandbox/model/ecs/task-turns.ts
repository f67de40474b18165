import type { StaleTasks } from './stale-tasks.ts';
import { after, nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { taskDocument } from './task-document.ts';
import type { Task, TaskStatus, TaskTurn } from './task.ts';

/** Lets a task change its status: the bus is told of each change, reads that lag remember it, and the owner hears of each turn. */
export class TaskTurns {
  readonly #surroundings: Surroundings;
  readonly #reads: StaleTasks;
  readonly #isTold: (task: Task) => boolean;

  constructor(surroundings: Surroundings, reads: StaleTasks, isTold: (task: Task) => boolean) {
    this.#surroundings = surroundings;
    this.#reads = reads;
    this.#isTold = isTold;
  }

  /** Runs something after a while, unless what was planned for the task no longer holds by then. */
  next(task: Task, bounds: readonly [number, number], run: () => void): void {
    const { plan } = task;
    after(this.#surroundings, bounds, () => {
      if (task.plan === plan) run();
    });
  }

  change(task: Task, status: TaskStatus): void {
    task.lastStatus = status;
    task.version++;
    this.tell(task);
  }

  tell(task: Task): void {
    task.updatedAtMs = nowMs(this.#surroundings);
    this.#reads.remember(task);
    if (!this.#isTold(task)) return;
    const detail = taskDocument(task, (ms) => new Date(ms).toISOString());
    this.#surroundings.emit({ source: 'aws.ecs', 'detail-type': 'ECS Task State Change', resources: [task.arn], detail });
  }

  turn(task: Task, turn: TaskTurn): void {
    task.order.owner?.(task, turn);
  }
}
