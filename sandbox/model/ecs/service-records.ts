import { ecsArn } from './arns.ts';
import { breakerThreshold } from './circuit-breaker.ts';
import type { Deployment } from './deployment.ts';
import type { Service } from './service.ts';
import type { ServiceDeployment, ServiceDeploymentStatus } from './service-deployment.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import type { TaskDefinition } from './task-definition.ts';

const keptMs = 90 * 86_400_000;
/** What becomes of a deployment about which something was asked. */
const askedFor: Partial<Record<ServiceDeploymentStatus, ServiceDeploymentStatus>> = {
  PENDING: 'IN_PROGRESS',
  STOP_REQUESTED: 'STOPPED',
  ROLLBACK_REQUESTED: 'ROLLBACK_IN_PROGRESS',
};
const finished: ReadonlySet<ServiceDeploymentStatus> = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']);

/** Keeps service deployments and service revisions, newest first, for 90 days. */
export class ServiceRecords {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Records a new revision, and answers its ARN. */
  revise(service: Service, definition: TaskDefinition, digests: ReadonlyMap<string, string>): string {
    const { settings } = service;
    const arn = ecsArn(this.#surroundings, 'service-revision', service.clusterName, service.name, this.#surroundings.chance.digits(19));
    service.revisions.unshift({
      arn,
      taskDefinitionArn: definition.arn,
      createdAtMs: nowMs(this.#surroundings),
      images: definition.containers.map(({ name, image }) => ({ containerName: name, image })),
      digests,
      launchType: settings.launchType,
      capacityProviderStrategy: settings.capacityProviderStrategy,
      platformVersion: settings.platformVersion,
      networkConfiguration: settings.networkConfiguration,
      loadBalancers: settings.loadBalancers,
    });
    return arn;
  }

  /** Opens the record of a deployment. One that was under way is asked to stop, for it is superseded. */
  begin(service: Service, deployment: Deployment): void {
    const at = nowMs(this.#surroundings);
    const [before] = service.history;
    if (before !== undefined && !finished.has(before.status))
      Object.assign(before, { status: 'STOP_REQUESTED', statusReason: 'Superseded by a newer service deployment.', updatedAtMs: at });
    service.history.unshift(this.#open(service, deployment, at));
    this.#forget(service, at);
  }

  /** What the scheduler takes up: deployments that were asked for begin, and one that was asked to stop has stopped once it has no tasks left. */
  takeUp(service: Service): ServiceDeployment[] {
    const remaining = new Set(service.deployments.map(({ id }) => id));
    return service.history.filter(
      ({ status, deploymentId }) => askedFor[status] !== undefined && !(status === 'STOP_REQUESTED' && remaining.has(deploymentId)),
    );
  }

  takenUp(records: readonly ServiceDeployment[]): void {
    const at = nowMs(this.#surroundings);
    for (const record of records) {
      const status = askedFor[record.status] ?? record.status;
      if (status === 'STOPPED') this.#close(record, status, record.statusReason);
      else Object.assign(record, { status, startedAtMs: record.startedAtMs ?? at, updatedAtMs: at });
    }
  }

  countFailure(service: Service, failureCount: number, threshold: number): void {
    const [current] = service.history;
    if (current !== undefined) current.breaker = { ...current.breaker, failureCount, threshold };
  }

  succeed(service: Service): void {
    const [current] = service.history;
    if (current === undefined || finished.has(current.status)) return;
    if (current.breaker.status === 'MONITORING') current.breaker.status = 'MONITORING_COMPLETE';
    if (current.alarms.status === 'MONITORING') current.alarms.status = 'MONITORING_COMPLETE';
    if (!current.status.startsWith('ROLLBACK')) this.#close(current, 'SUCCESSFUL', undefined);
    else this.#close(current, 'ROLLBACK_SUCCESSFUL', current.statusReason);
  }

  /** There is no status FAILED: without a rollback a failure ends as STOPPED. */
  fail(service: Service, reason: string, alarms: readonly string[] = []): void {
    const [current] = service.history;
    if (current === undefined) return;
    if (alarms.length === 0) current.breaker.status = 'TRIGGERED';
    else Object.assign(current.alarms, { status: 'TRIGGERED', triggeredAlarmNames: [...alarms] });
    this.#close(current, current.status.startsWith('ROLLBACK') ? 'ROLLBACK_FAILED' : 'STOPPED', reason);
  }

  rollBack(service: Service, target: Deployment, status: 'ROLLBACK_REQUESTED' | 'ROLLBACK_IN_PROGRESS'): void {
    const [current] = service.history;
    if (current === undefined) return;
    const startedAtMs = nowMs(this.#surroundings);
    delete current.finishedAtMs;
    Object.assign(current, { status, updatedAtMs: startedAtMs });
    current.rollback = { reason: current.statusReason ?? target.rolloutStateReason, startedAtMs, revisionArn: target.revisionArn };
  }

  #open(service: Service, deployment: Deployment, at: number): ServiceDeployment {
    const { deploymentConfiguration } = service.settings;
    const breaker = deploymentConfiguration.deploymentCircuitBreaker ?? {};
    return {
      arn: ecsArn(this.#surroundings, 'service-deployment', service.clusterName, service.name, this.#surroundings.chance.hex(21)),
      deploymentId: deployment.id,
      status: 'PENDING',
      statusReason: undefined,
      createdAtMs: at,
      updatedAtMs: at,
      targetRevisionArn: deployment.revisionArn,
      sourceRevisionArns: service.deployments.filter((other) => other !== deployment).map(({ revisionArn }) => revisionArn),
      configuration: { ...deploymentConfiguration },
      breaker: {
        status: breaker.enable === true ? 'MONITORING' : 'DISABLED',
        failureCount: 0,
        threshold: breakerThreshold(breaker, service.desiredCount),
      },
      alarms: {
        status: deployment.alarmsWatched ? 'MONITORING' : 'DISABLED',
        alarmNames: [...(deploymentConfiguration.alarms?.alarmNames ?? [])],
        triggeredAlarmNames: [],
      },
    };
  }

  #close(record: ServiceDeployment, status: ServiceDeploymentStatus, reason: string | undefined): void {
    const at = nowMs(this.#surroundings);
    Object.assign(record, { status, statusReason: reason, updatedAtMs: at, finishedAtMs: at });
  }

  #forget(service: Service, at: number): void {
    const inUse = new Set(service.deployments.map(({ revisionArn }) => revisionArn).concat(service.lastCompleted?.revisionArn ?? []));
    dropLast(service.history, ({ createdAtMs }) => at - createdAtMs > keptMs);
    dropLast(service.revisions, ({ arn, createdAtMs }) => at - createdAtMs > keptMs && !inUse.has(arn));
  }
}

function dropLast<Item>(items: Item[], isOld: (item: Item) => boolean): void {
  for (let last = items.at(-1); last !== undefined && isOld(last); last = items.at(-1)) items.pop();
}
