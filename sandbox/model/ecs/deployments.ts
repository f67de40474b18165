import { Alarms, isWatched } from './alarms.ts';
import { breakerThreshold } from './circuit-breaker.ts';
import type { Deployment } from './deployment.ts';
import { invalid } from './errors.ts';
import type { Service } from './service.ts';
import type { ServiceLog } from './service-log.ts';
import type { ServiceRecords } from './service-records.ts';
import type { StaleReads } from './stale-reads.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { mostUnresolved } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';

const mostActive = 5;
const breakerTripped = { cause: 'ECS deployment circuit breaker', what: 'tasks failed to start' };

interface FailureCause {
  cause: string;
  what: string;
  /** The alarms that rang, where they are the cause. */
  alarms?: string[];
}

/** Begins, completes, fails and takes back the deployments of services, and tells each turn. */
export class Deployments {
  readonly alarms = new Alarms();
  readonly #surroundings: Surroundings;
  readonly #log: ServiceLog;
  readonly #records: ServiceRecords;
  readonly #reads: StaleReads;

  constructor(surroundings: Surroundings, log: ServiceLog, records: ServiceRecords, reads: StaleReads) {
    this.#surroundings = surroundings;
    this.#log = log;
    this.#records = records;
    this.#reads = reads;
  }

  /** A new PRIMARY deployment; those before it are ACTIVE until they are drained. */
  begin(service: Service, definition: TaskDefinition): Deployment {
    if (service.deployments.length >= mostActive) throw invalid(`${mostActive} active deployments exist, unable to create new deployment.`);
    this.#reads.remember(service);
    const id = `ecs-svc/${this.#surroundings.chance.digits(19)}`;
    const deployment = this.#create(service, definition, id);
    for (const earlier of service.deployments) earlier.status = 'ACTIVE';
    service.deployments.unshift(deployment);
    Object.assign(service.scheduling, { failedStarts: 0, notBeforeMs: 0, impaired: false, steady: false });
    this.#records.begin(service, deployment);
    this.#tell(service, deployment, 'IN_PROGRESS');
    return deployment;
  }

  /** The scheduler has looked at the service: what was only asked for begins. */
  takeUp(service: Service): void {
    const asked = this.#records.takeUp(service);
    if (asked.length === 0) return;
    this.#reads.remember(service);
    this.#records.takenUp(asked);
  }

  /** All tasks of PRIMARY are healthy and nothing of the others is left. */
  complete(service: Service, deployment: Deployment): void {
    this.#reads.remember(service);
    this.#settle(deployment, 'COMPLETED', `ECS deployment ${deployment.id} completed.`);
    deployment.stable = true;
    service.lastCompleted = deployment;
    this.#records.succeed(service);
    this.#log.note(service, `(deployment ${deployment.id}) deployment completed.`);
    this.#tell(service, deployment, 'COMPLETED');
  }

  /** Counts a task that failed its deployment, and lets the circuit breaker judge. */
  countFailure(service: Service, deployment: Deployment): void {
    const breaker = service.settings.deploymentConfiguration.deploymentCircuitBreaker ?? {};
    if (!deployment.proven) deployment.failedTasks++;
    deployment.breakerFailures++;
    const threshold = breakerThreshold(breaker, service.desiredCount);
    const watched = breaker.enable === true && deployment.status === 'PRIMARY' && deployment.rolloutState === 'IN_PROGRESS';
    if (!watched) return;
    this.#records.countFailure(service, deployment.breakerFailures, threshold);
    if (deployment.breakerFailures >= threshold) this.#fail(service, deployment, breakerTripped, breaker.rollback === true);
  }

  /** Under a circuit breaker a deployment whose tags could not be resolved three times fails at once; else it goes on without digests. */
  checkDigests(service: Service, deployment: Deployment): void {
    const { enable, rollback } = service.settings.deploymentConfiguration.deploymentCircuitBreaker ?? {};
    const open = deployment.status === 'PRIMARY' && deployment.rolloutState === 'IN_PROGRESS';
    if (deployment.unresolved.times < mostUnresolved || enable !== true || !open) return;
    this.#fail(service, deployment, breakerTripped, rollback === true);
  }

  /** A task ran as it should: the count of failures ends, and the breaker's begins anew unless told not to. */
  prove(service: Service, deployment: Deployment): void {
    deployment.failedTasks = 0;
    deployment.proven = true;
    if (service.settings.deploymentConfiguration.deploymentCircuitBreaker?.resetOnHealthyTask === false) return;
    deployment.breakerFailures = 0;
  }

  /** Goes back to the last COMPLETED deployment, whose id then serves a second time. False: there is none to go back to. */
  rollBack(service: Service, failed: Deployment, cause: string, asked = false): boolean {
    const target = service.lastCompleted;
    if (target === undefined || target === failed) return false;
    this.#reads.remember(service);
    failed.status = 'ACTIVE';
    if (failed.rolloutState === 'IN_PROGRESS') this.#settle(failed, 'FAILED', `${cause}.`);
    target.status = 'PRIMARY';
    target.failedTasks = 0;
    target.breakerFailures = 0;
    target.alarmsWatched = false; // Alarms end the new revision; on the way back they would ring on.
    if (this.#surroundings.choices.rollbackResolvesTags) target.digests.clear();
    this.#settle(target, 'IN_PROGRESS', `${cause}: rolling back to deploymentId ${target.id}.`);
    service.deployments = [target, ...service.deployments.filter((other) => other !== target)];
    Object.assign(service.scheduling, { failedStarts: 0, notBeforeMs: 0, impaired: false, steady: false });
    this.#records.rollBack(service, target, asked ? 'ROLLBACK_REQUESTED' : 'ROLLBACK_IN_PROGRESS');
    this.#log.note(service, `rolling back to (deployment ${target.id}).`);
    this.#tell(service, target, 'IN_PROGRESS');
    return true;
  }

  /** Fails the deployment under way where an alarm of the service rings and counts. */
  heedAlarms(service: Service): void {
    const [primary] = service.deployments;
    const ringing = this.alarms.ringing(service);
    if (primary === undefined || !isWatched(primary) || ringing.length === 0) return;
    const causes = { cause: 'ECS deployment alarm', what: 'alarm detected', alarms: ringing };
    this.#fail(service, primary, causes, service.settings.deploymentConfiguration.alarms?.rollback === true);
  }

  #fail(service: Service, deployment: Deployment, { cause, what, alarms = [] }: FailureCause, rollback: boolean): void {
    this.#reads.remember(service);
    this.#settle(deployment, 'FAILED', `${cause}: ${what}.`);
    this.#records.fail(service, deployment.rolloutStateReason, alarms);
    this.#log.note(service, `(deployment ${deployment.id}) deployment failed: ${what}.`);
    this.#tell(service, deployment, 'FAILED');
    if (rollback) this.rollBack(service, deployment, cause);
  }

  #create(service: Service, definition: TaskDefinition, id: string): Deployment {
    const createdAtMs = nowMs(this.#surroundings);
    const digests = new Map<string, string>();
    return {
      id,
      status: 'PRIMARY',
      definition,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
      createdAtMs,
      updatedAtMs: createdAtMs,
      failedTasks: 0,
      proven: false,
      stable: false,
      breakerFailures: 0,
      alarmsWatched: this.alarms.watches(service),
      bakeUntilMs: undefined,
      digests,
      unresolved: { times: 0 },
      revisionArn: this.#records.revise(service, definition, digests),
      tasks: new Set(),
    };
  }

  #settle(deployment: Deployment, state: Deployment['rolloutState'], reason: string): void {
    deployment.rolloutState = state;
    deployment.rolloutStateReason = reason;
    deployment.updatedAtMs = nowMs(this.#surroundings);
  }

  #tell(service: Service, deployment: Deployment, name: Deployment['rolloutState']): void {
    if (service.controller === 'ECS') this.#log.deployment(service, deployment, name);
  }
}
