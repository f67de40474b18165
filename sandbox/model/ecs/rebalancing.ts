import type { ServiceLog } from './service-log.ts';
import type { Service } from './service.ts';
import type { TaskLife } from './task-life.ts';
import { isWanted } from './task.ts';
import { EcsError } from './errors.ts';

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
  }

  /** Once the new task is healthy, stops the oldest one. */
  go(service: Service): void {
    const [primary] = service.deployments;
    if (service.scheduling.rebalancing === 0 || primary === undefined) return;
    if (primary.rolloutState !== 'COMPLETED') return this.#end(service); // A deployment began meanwhile: it places its tasks anew.
    const healthy = [...primary.tasks].filter((task) => isWanted(task) && task.healthy);
    const [oldest] = healthy;
    if (healthy.length <= service.desiredCount || oldest === undefined) return;
    this.#life.stop(oldest, { code: 'ServiceSchedulerInitiated', reason: 'Task stopped due to Availability Zone rebalancing' });
    this.#log.note(service, `has stopped 1 running tasks in AZ (${oldest.availabilityZone}) due to AZ rebalancing: (task ${oldest.id}).`);
    this.#end(service);
  }

  #end(service: Service): void {
    service.scheduling.rebalancing = 0;
    this.#log.action(service, 'INFO', 'SERVICE_REBALANCING_STOPPED');
  }
}
