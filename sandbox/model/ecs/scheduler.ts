import type { Deployment } from './deployment.ts';
import type { Deployments } from './deployments.ts';
import { healthyToSucceed, isDeferred, keptUntil } from './early-success.ts';
import type { Hosts } from './hosts.ts';
import { alarmBakeMs, isWatched } from './alarms.ts';
import type { Rebalancing } from './rebalancing.ts';
import { planRolling } from './rolling.ts';
import type { RollingFacts, RollingPlan } from './rolling.ts';
import type { Service } from './service.ts';
import type { ServiceLog } from './service-log.ts';
import type { StartThrottle } from './start-throttle.ts';
import type { SteadyState } from './steady-state.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import type { TaskLife } from './task-life.ts';
import { orderFor } from './task-order.ts';
import type { TaskRegister } from './task-register.ts';
import { isDrained, isWanted } from './task.ts';
import type { Task, TaskTurn } from './task.ts';
import { isChecked } from './task-health.ts';

/** What the scheduler works with. */
export interface SchedulerParts {
  surroundings: Surroundings;
  log: ServiceLog;
  deployments: Deployments;
  life: TaskLife;
  register: TaskRegister;
  throttle: StartThrottle;
  steadyState: SteadyState;
  rebalancing: Rebalancing;
  hosts: Hosts;
}

const looksEveryMs = [500, 2_000] as const;

/** Brings services to what they should be, a pass at a time: it looks soon after anything changed, and never without cause. */
export class Scheduler {
  readonly #parts: SchedulerParts;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /** Has the service looked at soon, however often it is asked for. */
  wake(service: Service): void {
    this.#wakeAt(service, nowMs(this.#parts.surroundings) + this.#parts.surroundings.chance.between(...looksEveryMs));
  }

  #wakeAt(service: Service, whenMs: number): void {
    const { scheduling } = service;
    if (scheduling.wakeAtMs !== undefined && scheduling.wakeAtMs <= whenMs) return;
    scheduling.wakeAtMs = whenMs;
    this.#parts.surroundings.agenda.at(new Date(whenMs), () => {
      if (scheduling.wakeAtMs !== whenMs) return; // An earlier look was asked for since, and took this one's place.
      scheduling.wakeAtMs = undefined;
      this.#pass(service);
    });
  }

  #pass(service: Service): void {
    const [primary] = service.deployments;
    if (primary === undefined) return;
    this.#watch(service, primary);
    this.#parts.rebalancing.go(service);
    const plan = planRolling(factsOf(service, primary, nowMs(this.#parts.surroundings)));
    this.#stop(service, chosenToStop(service, primary, plan));
    const stable = service.deployments.find((other) => other !== primary && other.stable);
    this.#start(service, primary, plan.startFresh);
    if (stable !== undefined) this.#start(service, stable, plan.replaceOld);
    service.deployments = service.deployments.filter((other) => other === primary || [...other.tasks].some((task) => !isDrained(task)));
    this.#parts.deployments.takeUp(service);
    this.#conclude(service, primary);
  }

  /** Under alarms a deployment whose tasks are all healthy is watched for a while before it completes. */
  #watch(service: Service, primary: Deployment): void {
    if (!isWatched(primary) || primary.bakeUntilMs !== undefined) return;
    const healthy = [...primary.tasks].filter((task) => isWanted(task) && task.healthy).length;
    if (healthy < healthyToSucceed(service)) return;
    primary.bakeUntilMs = nowMs(this.#parts.surroundings) + alarmBakeMs;
    this.#wakeAt(service, primary.bakeUntilMs);
  }

  #stop(service: Service, tasks: Task[]): void {
    if (tasks.length === 0) return;
    this.#parts.steadyState.lose(service);
    for (const task of tasks) {
      this.#parts.life.stop(task, {
        code: 'ServiceSchedulerInitiated',
        reason: `Scaling activity initiated by (deployment ${task.order.startedBy})`,
      });
    }
    this.#parts.log.note(service, `has stopped ${tasks.length} running tasks: ${tasks.map(({ id }) => `(task ${id})`).join(' ')}.`);
    this.#parts.log.action(service, 'INFO', 'TASKS_STOPPED', { taskArns: tasks.map(({ arn }) => arn) });
  }

  #start(service: Service, deployment: Deployment, count: number): void {
    if (count === 0) return;
    this.#parts.steadyState.lose(service);
    const againAtMs = this.#parts.throttle.mayStart(service);
    if (againAtMs !== undefined) return this.#wakeAt(service, againAtMs);
    const { register, surroundings, log, hosts } = this.#parts;
    const owner = (task: Task, turn: TaskTurn): void => this.#turned(service, deployment, task, turn);
    const tasks = Array.from({ length: count }, () => {
      const task = register.launch(orderFor(service, deployment, { chance: surroundings.chance, hosts }, owner));
      deployment.tasks.add(task);
      return task;
    });
    log.note(service, `has started ${count} tasks: ${tasks.map(({ id }) => `(task ${id})`).join(' ')}.`);
  }

  #turned(service: Service, deployment: Deployment, task: Task, turn: TaskTurn): void {
    const { deployments, throttle } = this.#parts;
    if (turn === 'resolved') return deployments.checkDigests(service, deployment);
    if (turn === 'running') throttle.reset(service);
    if (turn === (isChecked(task) ? 'healthy' : 'running')) deployments.prove(service, deployment);
    if (turn === 'stopping' && task.stopCode === 'TaskFailedToStart') throttle.countFailure(service);
    if (turn === 'stopping' && task.failedDeployment) deployments.countFailure(service, deployment);
    if (turn === 'stopped') deployment.tasks.delete(task);
    if (turn !== 'running') this.wake(service);
  }

  #conclude(service: Service, primary: Deployment): void {
    const wanted = [...primary.tasks].filter(isWanted);
    const healthy = wanted.filter((task) => task.healthy).length;
    const alone = service.deployments.length === 1;
    if (service.status === 'DRAINING' && service.deployments.every(({ tasks }) => tasks.size === 0)) {
      service.status = 'INACTIVE';
      service.deployments = [];
      return;
    }
    const now = nowMs(this.#parts.surroundings);
    if (service.status !== 'ACTIVE' || isBaking(primary, now)) return;
    const enough = healthy >= healthyToSucceed(service) && (alone || isDeferred(service));
    if (enough && primary.rolloutState === 'IN_PROGRESS') this.#parts.deployments.complete(service, primary);
    const kept = alone ? now : (keptUntil(service, primary) ?? now);
    if (kept > now && kept < Infinity) this.#wakeAt(service, kept);
    if (alone && wanted.length === service.desiredCount && healthy === service.desiredCount) this.#parts.steadyState.reach(service);
  }
}

function factsOf(service: Service, primary: Deployment, now: number): RollingFacts {
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = service.settings.deploymentConfiguration;
  const facts: RollingFacts = {
    desired: service.desiredCount + service.scheduling.rebalancing,
    minimumHealthyPercent,
    maximumPercent,
    fresh: 0,
    freshHealthy: 0,
    oldRunning: 0,
    oldStarting: 0,
    oldIsStable: false,
    stalled: primary.rolloutState === 'FAILED',
    watched: isBaking(primary, now) || now < (keptUntil(service, primary) ?? 0),
  };
  for (const deployment of service.deployments) {
    if (deployment !== primary) facts.oldIsStable ||= deployment.stable;
    for (const task of deployment.tasks) if (isWanted(task)) addTo(facts, task, deployment === primary);
  }
  return facts;
}

/** Whether alarms may still end the deployment, its time after the last healthy task included. */
function isBaking(primary: Deployment, now: number): boolean {
  return isWatched(primary) && now < (primary.bakeUntilMs ?? Infinity);
}

function addTo(facts: RollingFacts, task: Task, fresh: boolean): void {
  if (fresh) {
    facts.fresh++;
    if (task.healthy) facts.freshHealthy++;
  } else if (task.lastStatus === 'RUNNING') facts.oldRunning++;
  else facts.oldStarting++;
}

/** The ones that serve least go first: not yet healthy before healthy, of PRIMARY the newest, of the older deployments those that never completed. */
function chosenToStop(service: Service, primary: Deployment, plan: RollingPlan): Task[] {
  const fresh = [...primary.tasks]
    .filter(isWanted)
    .toReversed()
    .toSorted((a, b) => Number(a.healthy) - Number(b.healthy));
  const old = service.deployments
    .filter((deployment) => deployment !== primary)
    .toSorted((a, b) => Number(a.stable) - Number(b.stable))
    .flatMap(({ tasks }) => [...tasks].filter(isWanted));
  const running = old.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const starting = old.filter(({ lastStatus }) => lastStatus !== 'RUNNING');
  return [...fresh.slice(0, plan.stopFresh), ...running.slice(0, plan.stopOldRunning), ...starting.slice(0, plan.stopOldStarting)];
}
