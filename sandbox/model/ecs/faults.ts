import type { Scheduler } from './scheduler.ts';
import type { Service } from './service.ts';
import { tasksOf } from './service.ts';
import type { TaskLife } from './task-life.ts';
import type { Task } from './task.ts';

/** What happens to tasks without anything being wrong with them, on demand. */
export class Faults {
  readonly #life: TaskLife;
  readonly #scheduler: Scheduler;

  constructor(life: TaskLife, scheduler: Scheduler) {
    this.#life = life;
    this.#scheduler = scheduler;
  }

  /** Spot capacity is taken back: a warning now, the stop in two minutes. */
  interruptSpot(task: Task): void {
    this.#life.interrupt(task);
  }

  /** Fargate retires the host of a task. */
  retireHost(task: Task): void {
    const reason = 'ECS is performing maintenance on the underlying infrastructure hosting the task.';
    this.#life.stop(task, { code: 'ServiceSchedulerInitiated', reason });
  }

  /** While it is on, no task of the service can be placed, and each try is told as a service action. */
  noCapacity(service: Service, on: boolean): void {
    service.scheduling.noCapacity = on;
    service.scheduling.notBeforeMs = 0;
    this.#scheduler.wake(service);
  }

  /** All tasks of the service at once, as when a host with all of them fails. */
  retireAll(service: Service): void {
    for (const task of tasksOf(service)) this.retireHost(task);
  }
}
