import type { Clusters } from './cluster.ts';
import type { Deployments } from './deployments.ts';
import type { Host } from './host.ts';
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

  /** The task's container instance is drained: its tasks stop in good order, and go elsewhere. */
  drainHost(task: Task): void {
    hostOf(task);
    this.#life.stop(task, { code: 'ServiceSchedulerInitiated', reason: 'Task stopped: its container instance is in DRAINING state.' });
  }

  /** The EC2 instance under a task is gone, and with it whatever could have told how its containers ended. */
  terminateHost(task: Task): void {
    const { instanceId } = hostOf(task);
    this.#life.vanish(task, { code: 'TerminationNotice', reason: `Host EC2 (instance ${instanceId}) terminated.` });
  }

  /** AWS finds that the host of a task is not healthy. The text is not documented. */
  failHost(task: Task): void {
    this.#life.vanish(task, { code: 'InfrastructureHealth', reason: 'Task stopped due to an issue with the underlying infrastructure.' });
  }

  /** The scheduler stops a task for a reason of its own. */
  stopByScheduler(task: Task, reason: string, exitCode?: number): void {
    this.#life.stop(task, { code: 'ServiceSchedulerInitiated', reason, exitCode });
  }

  /** The main process of a task ends with this code; undefined: none is told. */
  exit(task: Task, exitCode: number | undefined): void {
    this.#life.exit(task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' }, exitCode);
  }

  /** The next tasks of the service cannot start, and this is why. */
  failStarts(service: Service, reason: string, times: number): void {
    service.scheduling.startFailures = times > 0 ? [...service.scheduling.startFailures, { reason, times }] : [];
  }

  /** While it is on, no task of the service can be placed, and each try is told as a service action with this reason. */
  noCapacity(service: Service, on: boolean, reason = lacking(service)): void {
    service.scheduling.noCapacity = on ? reason : undefined;
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

function hostOf(task: Task): Host {
  const { host } = task.order;
  if (host === undefined) throw new Error(`Task ${task.id} runs on no container instance: its launch type is ${task.order.launchType}`);
  return host;
}

/** What runs out first: on Fargate there is one word for it. */
function lacking({ settings }: Service): string {
  const onFargate = settings.launchType === 'FARGATE' || settings.capacityProviderStrategy?.[0]?.capacityProvider?.startsWith('FARGATE');
  return onFargate === true ? 'RESOURCE:FARGATE' : 'RESOURCE:MEMORY';
}
