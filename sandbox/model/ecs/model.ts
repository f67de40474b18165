import type { Agenda } from '../agenda.ts';
import { ecsArn, lastName } from './arns.ts';
import { CallLimits } from './call-limits.ts';
import { Chance } from './chance.ts';
import { findCluster, findService } from './cluster.ts';
import type { Cluster, Clusters } from './cluster.ts';
import { Deployments } from './deployments.ts';
import { EcsError } from './errors.ts';
import { Faults } from './faults.ts';
import { Hosts } from './hosts.ts';
import type { ImageSource } from './image-source.ts';
import { ReadLag } from './read-lag.ts';
import { Rebalancing } from './rebalancing.ts';
import { Scheduler } from './scheduler.ts';
import type { Service } from './service.ts';
import type { ServiceDeployment } from './service-deployment.ts';
import type { CreateServiceInput, UpdateServiceInput } from './service-input.ts';
import { ServiceLog } from './service-log.ts';
import { ServiceRecords } from './service-records.ts';
import { Services } from './services.ts';
import { serviceView } from './service-view.ts';
import type { ServiceView } from './service-view.ts';
import { StaleReads } from './stale-reads.ts';
import { StaleTasks } from './stale-tasks.ts';
import { StartThrottle } from './start-throttle.ts';
import { SteadyState } from './steady-state.ts';
import { usualChoices } from './surroundings.ts';
import type { Choices, EmittedEvent, Surroundings } from './surroundings.ts';
import { TaskDefinitions } from './task-definitions.ts';
import { TaskLife } from './task-life.ts';
import type { LogWriter } from './task-logs.ts';
import { TaskRegister } from './task-register.ts';
import { TaskTurns } from './task-turns.ts';
import type { Task } from './task.ts';

export interface EcsOptions {
  agenda: Agenda;
  emit: (event: EmittedEvent) => void;
  images: ImageSource;
  account: string;
  region: string;
  seed?: number;
  /** Reads of services, service deployments and tasks answer a state up to this old; 0, the default, is always the newest. */
  staleReadsMs?: number;
  /** How often a steady service says so again; 0 is once. */
  steadyStateRepeatsMs?: number;
  /** Whether calls that come faster than the documented rates are refused; default: they are not. */
  throttling?: boolean;
  /** Which changes of tasks the bus is told of; default: each, as AWS does. Where nobody listens, nothing need be written. */
  isTold?: (task: Task) => boolean;
  choices?: Partial<Choices>;
  /** Where tasks with awslogs options write. */
  logs?: LogWriter;
}

const sixHoursMs = 6 * 3_600_000;

/** Amazon ECS as its scheduler behaves, on a clock that is handed in. The same seed and the same calls give the same events. */
export class EcsModel {
  readonly clusters: Clusters = new Map();
  readonly definitions: TaskDefinitions;
  readonly tasks: TaskRegister;
  readonly life: TaskLife;
  readonly faults: Faults;
  readonly hosts: Hosts;
  readonly surroundings: Surroundings;
  readonly deployments: Deployments;
  readonly scheduler: Scheduler;
  readonly callLimits: CallLimits;
  readonly #services: Services;
  readonly #staleReads: StaleReads;
  readonly #taskReads: StaleTasks;
  readonly #log: ServiceLog;

  constructor({
    seed = 1,
    staleReadsMs = 0,
    steadyStateRepeatsMs = sixHoursMs,
    throttling = false,
    isTold = () => true,
    choices = {},
    logs,
    ...given
  }: EcsOptions) {
    const surroundings = { ...given, logs, chance: new Chance(seed), choices: { ...usualChoices, ...choices } };
    const log = new ServiceLog(surroundings);
    const lag = new ReadLag(surroundings, seed, staleReadsMs);
    const reads = new StaleReads(lag);
    const deployments = new Deployments(surroundings, log, new ServiceRecords(surroundings), reads);
    const steadyState = new SteadyState(surroundings, log, steadyStateRepeatsMs);
    this.surroundings = surroundings;
    this.deployments = deployments;
    this.#taskReads = new StaleTasks(lag);
    this.definitions = new TaskDefinitions(surroundings);
    this.life = new TaskLife(surroundings, new TaskTurns(surroundings, this.#taskReads, isTold));
    this.hosts = new Hosts(surroundings);
    this.tasks = new TaskRegister(surroundings, this.life);
    const throttle = new StartThrottle(surroundings, log, this.hosts);
    const rebalancing = new Rebalancing(this.life, log);
    const { life, tasks: register, clusters, hosts } = this;
    this.scheduler = new Scheduler({ surroundings, log, deployments, life, register, throttle, steadyState, rebalancing, hosts });
    this.faults = new Faults({ life, scheduler: this.scheduler, rebalancing, deployments, clusters });
    this.callLimits = new CallLimits(surroundings, throttling);
    this.#services = new Services(surroundings, this.definitions, deployments, this.scheduler);
    this.#staleReads = reads;
    this.#log = log;
  }

  /** Creates a cluster, or answers the one that has the name. */
  createCluster(name = 'default', members: Partial<Pick<Cluster, 'capacityProviders' | 'settings' | 'tags'>> = {}): Cluster {
    const existing = this.clusters.get(name);
    if (existing?.status === 'ACTIVE') return existing;
    const arn = ecsArn(this.surroundings, 'cluster', name);
    const services = new Map<string, Service>();
    const cluster: Cluster = { name, arn, status: 'ACTIVE', services, capacityProviders: [], settings: [], tags: [], ...members };
    this.clusters.set(name, cluster);
    return cluster;
  }

  /** Deletes a cluster that holds neither services nor tasks. */
  deleteCluster(nameOrArn: string): Cluster {
    const cluster = findCluster(this.clusters, nameOrArn);
    if ([...cluster.services.values()].some(({ status }) => status !== 'INACTIVE'))
      throw new EcsError('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.');
    if (this.tasks.list(cluster.name).some(({ lastStatus }) => lastStatus !== 'STOPPED'))
      throw new EcsError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
    cluster.status = 'INACTIVE';
    return cluster;
  }

  createService(input: CreateServiceInput): Service {
    return this.#services.create(findCluster(this.clusters, input.cluster), input);
  }

  updateService(input: UpdateServiceInput): Service {
    const service = this.service(input.cluster, input.service ?? '');
    this.#staleReads.remember(service);
    this.#services.update(service, input);
    return service;
  }

  /** A desired count that auto scaling sets: ECS tells it, as it does not of a person's. */
  scaleService(cluster: string | undefined, name: string, desiredCount: number): Service {
    const service = this.updateService({ cluster, service: name, desiredCount });
    this.#log.action(service, 'INFO', 'SERVICE_DESIRED_COUNT_UPDATED', { desiredCount });
    return service;
  }

  deleteService(cluster: string | undefined, name: string, force = false): Service {
    const service = this.service(cluster, name);
    this.#staleReads.remember(service);
    this.#services.delete(service, force);
    return service;
  }

  /** The service as it is; throws AWS's refusal where cluster or service do not exist. */
  service(cluster: string | undefined, nameOrArn: string): Service {
    return findService(findCluster(this.clusters, cluster), nameOrArn);
  }

  /** The service as a read sees it: possibly as it was some seconds ago, where reads are set to be stale. Undefined: MISSING. */
  describeService(cluster: string | undefined, nameOrArn: string): ServiceView | undefined {
    const service = findCluster(this.clusters, cluster).services.get(lastName(nameOrArn));
    return service && (this.#staleReads.recall(service)?.view ?? serviceView(service));
  }

  /** The service deployments as a read sees them, newest first. */
  describeHistory(service: Service): readonly ServiceDeployment[] {
    return this.#staleReads.recall(service)?.history ?? service.history;
  }

  /** The tasks of a cluster, or of one of its groups, as a read sees them. */
  listTasks(cluster: string | undefined, group?: string): Task[] {
    const { name } = findCluster(this.clusters, cluster);
    return this.#taskReads.seen(`${name}/${group ?? ''}`, this.tasks.list(name, group));
  }

  /** The task as a read sees it; undefined: MISSING. */
  describeTask(cluster: string | undefined, idOrArn: string): Task | undefined {
    const { name } = findCluster(this.clusters, cluster);
    const task = this.tasks.find(name, idOrArn);
    return task && this.#taskReads.seen(`${name}/${task.order.group}`, [task])[0];
  }

  /** StopServiceDeployment: goes back to the revision before, whatever the service's configuration says of rollbacks. */
  stopServiceDeployment(service: Service, record: ServiceDeployment): void {
    const [primary] = service.deployments;
    if (record.status.startsWith('ROLLBACK_') && record.finishedAtMs === undefined) return;
    const current = service.history[0] === record && (record.status === 'IN_PROGRESS' || record.status === 'PENDING');
    if (!current || primary === undefined || !this.deployments.rollBack(service, primary, 'Service deployment stopped by user', true))
      throw new EcsError('ConflictException', `The service deployment is ${record.status} and cannot be rolled back.`);
    this.scheduler.wake(service);
  }

  /** A person's or a program's StopTask: the reason is told word for word. */
  stopTask(cluster: string | undefined, task: string, reason = 'Task stopped by user') {
    const found = this.tasks.get(findCluster(this.clusters, cluster).name, task);
    this.life.stop(found, { code: 'UserInitiated', reason });
    return found;
  }
}
