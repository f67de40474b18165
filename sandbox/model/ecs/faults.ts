import type { Clusters } from './cluster.ts';
import type { Deployments } from './deployments.ts';
import type { Rebalancing } from './rebalancing.ts';
import type { Scheduler } from './scheduler.ts';
import type { Service } from './service.ts';
import { tasksOf } from './service.ts';
import type { TaskLife } from './task-life.ts';
import type { Task } from './task.ts';

interface FaultParts {
  life: TaskLife;
  scheduler: Scheduler;
  rebalancing: Rebalancing;
  deployments: Deployments;
  clusters: Clusters;
}

/** What happens to tasks without anything being wrong with them, on demand. */
export class Faults {
  readonly #life: TaskLife;
  readonly #scheduler: Scheduler;
  readonly #rebalancing: Rebalancing;
  readonly #deployments: Deployments;
  readonly #clusters: Clusters;

  constructor({ life, scheduler, rebalancing, deployments, clusters }: FaultParts) {
    this.#life = life;
    this.#scheduler = scheduler;
    this.#rebalancing = rebalancing;
    this.#deployments = deployments;
    this.#clusters = clusters;
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

  /** A task moves to another availability zone, though nothing is wrong with it. */
  rebalance(service: Service): void {
    this.#rebalancing.begin(service);
    this.#scheduler.wake(service);
  }

  /** A CloudWatch alarm goes to ALARM, or back to OK. Deployments that it watches fail at ECS's next look. */
  setAlarm(name: string, ringing: boolean): void {
    this.#deployments.alarms.set(name, ringing);
    for (const { services } of this.#clusters.values()) {
      for (const service of services.values()) {
        this.#deployments.heedAlarms(service);
        if (ringing) this.#scheduler.wake(service);
      }
    }
  }

  /** All tasks of the service at once, as when a host with all of them fails. */
  retireAll(service: Service): void {
    for (const task of tasksOf(service)) this.retireHost(task);
  }
}
