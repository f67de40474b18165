import { EcsError } from './errors.ts';
import type { ServiceLog } from './service-log.ts';
import type { Service } from './service.ts';
import { tasksOf } from './service.ts';
import type { TaskLife } from './task-life.ts';
import { isWanted } from './task.ts';
import type { Task } from './task.ts';

/** Moves a task to another availability zone, as ECS does in steady state: the new one first, then the old one stops. */
export class Rebalancing {
  readonly #life: TaskLife;
  readonly #log: ServiceLog;

  constructor(life: TaskLife, log: ServiceLog) {
    this.#life = life;
    this.#log = log;
  }

  /** Asks for one task more than the service wants. Where maximumPercent leaves no room for it, ECS does not rebalance. */
  begin(service: Service): void {
    const { maximumPercent = 200 } = service.settings.deploymentConfiguration;
    if (maximumPercent <= 100)
      throw new EcsError('InvalidParameterException', 'Availability Zone rebalancing is not supported with maximumPercent of 100 or less.');
    service.scheduling.rebalancing = 1;
    this.#log.note(service, `is not AZ balanced with ${zonesOf(service)}. AZ Rebalancing in progress.`);
    this.#log.action(service, 'INFO', 'SERVICE_REBALANCING_STARTED');
  }

  /** Once the new task is healthy, stops the oldest one. A deployment that began meanwhile places its tasks anew, and ends it. */
  go(service: Service): void {
    const [primary] = service.deployments;
    if (service.scheduling.rebalancing === 0 || primary === undefined) return;
    if (primary.rolloutState !== 'COMPLETED') return this.#end(service, 'STOPPED');
    const healthy = [...primary.tasks].filter((task) => isWanted(task) && task.healthy);
    const [oldest] = healthy;
    if (healthy.length <= service.desiredCount || oldest === undefined) return;
    this.#stop(service, oldest);
    this.#log.note(service, `is AZ balanced with ${zonesOf(service)}.`);
    this.#end(service, 'COMPLETED');
  }

  /** The text of the reason is not documented; that of the service's own event is. */
  #stop(service: Service, task: Task): void {
    this.#life.stop(task, { code: 'ServiceSchedulerInitiated', reason: 'Task stopped due to Availability Zone rebalancing' });
    this.#log.note(service, `has stopped 1 running tasks in ${task.availabilityZone} due to AZ rebalancing: (task ${task.id}).`);
    this.#log.action(service, 'INFO', 'TASKS_STOPPED', { taskArns: [task.arn] });
  }

  #end(service: Service, how: 'COMPLETED' | 'STOPPED'): void {
    service.scheduling.rebalancing = 0;
    this.#log.action(service, 'INFO', `SERVICE_REBALANCING_${how}`);
  }
}

/** `2 tasks in eu-west-1a, 1 tasks in eu-west-1b` */
function zonesOf(service: Service): string {
  const counts = new Map<string, number>();
  for (const { availabilityZone } of [...tasksOf(service)].filter(isWanted))
    counts.set(availabilityZone, (counts.get(availabilityZone) ?? 0) + 1);
  return [...counts].map(([zone, count]) => `${count} tasks in ${zone}`).join(', ');
}
