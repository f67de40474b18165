import { ecsArn } from './arns.ts';
import type { Cluster } from './cluster.ts';
import type { Deployments } from './deployments.ts';
import { invalid } from './errors.ts';
import type { Scheduler } from './scheduler.ts';
import type { Service } from './service.ts';
import { checkCreation, checkUpdate } from './service-checks.ts';
import { daemonSettings, keptOf, mergedSettings, noSettings, restarts } from './service-input.ts';
import type { CreateServiceInput, UpdateServiceInput } from './service-input.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { checkedTags } from './tags.ts';
import type { TaskDefinitions } from './task-definitions.ts';

/** Creates, changes and deletes services. The last writer wins: ECS knows no condition. */
export class Services {
  readonly #surroundings: Surroundings;
  readonly #definitions: TaskDefinitions;
  readonly #deployments: Deployments;
  readonly #scheduler: Scheduler;

  constructor(surroundings: Surroundings, definitions: TaskDefinitions, deployments: Deployments, scheduler: Scheduler) {
    this.#surroundings = surroundings;
    this.#definitions = definitions;
    this.#deployments = deployments;
    this.#scheduler = scheduler;
  }

  create(cluster: Cluster, input: CreateServiceInput): Service {
    checkCreation(input, cluster.services.get(input.serviceName ?? ''));
    const definition = input.taskDefinition === undefined ? undefined : this.#definitions.runnable(input.taskDefinition);
    const service = this.#blank(cluster, input);
    if (service.controller !== 'EXTERNAL' && definition !== undefined) this.#deployments.begin(service, definition);
    cluster.services.set(service.name, service);
    this.#scheduler.wake(service);
    return service;
  }

  /** Only a changed task definition, a forced deployment or one of the members that tasks are made of begins a deployment. */
  update(service: Service, input: UpdateServiceInput): void {
    checkUpdate(input, service);
    const current = service.deployments[0]?.definition;
    const definition = input.taskDefinition === undefined ? current : this.#definitions.runnable(input.taskDefinition);
    const before = { settings: service.settings, kept: service.kept, desiredCount: service.desiredCount };
    service.settings = mergedSettings(service.settings, input);
    service.kept = { ...service.kept, ...keptOf(input) };
    service.desiredCount = input.desiredCount ?? service.desiredCount;
    try {
      if (definition !== undefined && (definition !== current || restarts(input))) this.#deployments.begin(service, definition);
    } catch (refusal) {
      Object.assign(service, before); // Refused as a whole: nothing of it was taken.
      throw refusal;
    }
    this.#scheduler.wake(service);
  }

  delete(service: Service, force: boolean): void {
    if (service.status === 'ACTIVE' && service.desiredCount > 0 && !force)
      throw invalid('The service cannot be stopped while it is scaled above 0.');
    service.desiredCount = 0;
    service.status = service.deployments.length === 0 ? 'INACTIVE' : 'DRAINING';
    this.#scheduler.wake(service);
  }

  #blank(cluster: Cluster, input: CreateServiceInput): Service {
    const { account, choices } = this.#surroundings;
    const name = input.serviceName ?? '';
    return {
      name,
      arn: ecsArn(this.#surroundings, 'service', cluster.name, name),
      clusterName: cluster.name,
      clusterArn: cluster.arn,
      status: 'ACTIVE',
      desiredCount: input.schedulingStrategy === 'DAEMON' ? choices.containerInstances : (input.desiredCount ?? 0),
      controller: input.deploymentController?.type ?? 'ECS',
      schedulingStrategy: input.schedulingStrategy ?? 'REPLICA',
      settings: mergedSettings(input.schedulingStrategy === 'DAEMON' ? daemonSettings : noSettings, input),
      kept: keptOf(input),
      deployments: [],
      lastCompleted: undefined,
      history: [],
      revisions: [],
      events: [],
      tags: checkedTags(input.tags),
      createdAtMs: nowMs(this.#surroundings),
      createdBy: `arn:aws:iam::${account}:root`,
      scheduling: {
        wakeAtMs: undefined,
        failedStarts: 0,
        notBeforeMs: 0,
        impaired: false,
        steady: false,
        unrest: 0,
        noCapacity: undefined,
        startFailures: [],
        rebalancing: 0,
      },
    };
  }
}
