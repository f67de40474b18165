import { invalid } from './errors.ts';
import { lastName } from './arns.ts';
import type { Surroundings } from './surroundings.ts';
import { nowMs } from './surroundings.ts';
import type { TaskLife } from './task-life.ts';
import type { Task, TaskOrder } from './task.ts';

const keptMs = 3_600_000;

/** All tasks by cluster and group. Stopped ones are told for an hour, then forgotten. */
export class TaskRegister {
  readonly #surroundings: Surroundings;
  readonly #life: TaskLife;
  readonly #clusters = new Map<string, Map<string, Set<Task>>>();
  readonly #tasks = new Map<string, Task>();
  #stopped: Task[] = []; // In the order in which they stopped.

  constructor(surroundings: Surroundings, life: TaskLife) {
    this.#surroundings = surroundings;
    this.#life = life;
  }

  launch(order: TaskOrder): Task {
    const task = this.#life.launch({
      ...order,
      owner: (turned, turn) => {
        if (turn === 'stopped') this.#stopped.push(turned);
        order.owner?.(turned, turn);
        this.#forget();
      },
    });
    this.#tasks.set(task.id, task);
    this.#groupOf(task).add(task);
    return task;
  }

  /** By ARN or id, within the cluster. */
  find(clusterName: string, idOrArn: string): Task | undefined {
    this.#forget();
    const task = this.#tasks.get(lastName(idOrArn));
    return task?.order.clusterName === clusterName ? task : undefined;
  }

  get(clusterName: string, idOrArn: string): Task {
    const task = this.find(clusterName, idOrArn);
    if (task === undefined) throw invalid('The referenced task was not found.');
    return task;
  }

  /** Tasks of a cluster, or of one of its groups (`service:<name>`). */
  list(clusterName: string, group?: string): Task[] {
    this.#forget();
    const groups = this.#clusters.get(clusterName);
    return group === undefined ? [...(groups?.values() ?? [])].flatMap((tasks) => [...tasks]) : [...(groups?.get(group) ?? [])];
  }

  #groupOf(task: Task): Set<Task> {
    const { clusterName, group } = task.order;
    const groups = this.#clusters.get(clusterName) ?? new Map<string, Set<Task>>();
    const tasks = groups.get(group) ?? new Set<Task>();
    this.#clusters.set(clusterName, groups.set(group, tasks));
    return tasks;
  }

  #forget(): void {
    const before = nowMs(this.#surroundings) - keptMs;
    let old = 0;
    while ((this.#stopped[old]?.stoppedAtMs ?? Infinity) < before) old++;
    if (old === 0) return;
    for (const task of this.#stopped.splice(0, old)) {
      this.#tasks.delete(task.id);
      this.#groupOf(task).delete(task);
    }
  }
}
