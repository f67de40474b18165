import type { Behaviour } from './behaviour.ts';
import { after, nowMs } from './surroundings.ts';
import type { StaleTasks } from './stale-tasks.ts';
import type { Surroundings } from './surroundings.ts';
import { createTask } from './task-creation.ts';
import { taskDocument } from './task-document.ts';
import { takes } from './task-durations.ts';
import { forecastHealth, isChecked } from './task-health.ts';
import { lastWords, writeLog } from './task-logs.ts';
import { pullImages } from './task-pull.ts';
import type { StopCode, Task, TaskOrder, TaskStatus, TaskTurn } from './task.ts';

const killed = 137;
const terminated = 143;

export interface Stop {
  code: StopCode;
  reason: string;
  /** It does not obey SIGTERM, so that it is killed after its stop timeout. */
  stubborn?: boolean;
}

/** Takes tasks from PROVISIONING to STOPPED, telling the bus of each change and the owner of each turn. */
export class TaskLife {
  readonly #surroundings: Surroundings;
  readonly #reads: StaleTasks;

  constructor(surroundings: Surroundings, reads: StaleTasks) {
    this.#surroundings = surroundings;
    this.#reads = reads;
  }

  launch(order: TaskOrder): Task {
    const task = createTask(order, this.#surroundings);
    this.#tell(task);
    this.#next(task, takes.provisioning, () => this.#pull(task));
    return task;
  }

  /** Stops a task in good order. One that is being stopped already goes on as it was. */
  stop(task: Task, stop: Stop): void {
    if (task.desiredStatus === 'STOPPED') return;
    this.#order(task, stop);
    if (task.startedAtMs === undefined) return this.#drain(task);
    this.#deactivate(task, stop.stubborn === true);
  }

  /** The warning first, with the task still RUNNING; two minutes later it is stopped. */
  interrupt(task: Task): void {
    if (task.desiredStatus === 'STOPPED') return;
    this.#order(task, { code: 'SpotInterruption', reason: 'Your Spot Task was interrupted.' });
    if (task.startedAtMs === undefined) return this.#drain(task);
    this.#change(task, task.lastStatus);
    this.#next(task, takes.spotWarning, () => this.#deactivate(task, false));
  }

  #pull(task: Task): void {
    task.connectivityAtMs = nowMs(this.#surroundings);
    task.pullStartedAtMs = task.connectivityAtMs;
    const pull = pullImages(task, this.#surroundings.images);
    this.#change(task, 'PENDING');
    this.#turn(task, 'resolved');
    if ('failure' in pull) return this.#next(task, takes.failingToPull, () => this.#failToStart(task, pull.failure));
    this.#next(task, takes.pulling, () => this.#activate(task, pull.behaviours));
  }

  #failToStart(task: Task, failure: string): void {
    const onFargate = task.order.launchType === 'FARGATE';
    task.pullStoppedAtMs = nowMs(this.#surroundings);
    const [first] = task.containers;
    if (!onFargate && first !== undefined) first.reason = failure; // On EC2 the cause stands at the container alone.
    task.failedDeployment = true;
    this.#order(task, { code: 'TaskFailedToStart', reason: onFargate ? failure : 'Task failed to start' });
    this.#drain(task);
  }

  #activate(task: Task, behaviours: Behaviour[]): void {
    const slowMs = Math.max(...behaviours.map(({ startMs }) => startMs));
    task.pullStoppedAtMs = nowMs(this.#surroundings);
    this.#change(task, 'ACTIVATING');
    const [low, high] = takes.activating;
    this.#next(task, [low + slowMs, high + slowMs], () => this.#run(task, behaviours));
  }

  #run(task: Task, behaviours: Behaviour[]): void {
    task.startedAtMs = nowMs(this.#surroundings);
    for (const container of task.containers) {
      container.lastStatus = 'RUNNING';
      container.runtimeId = [task.id, this.#surroundings.chance.digits(10)].join('-');
    }
    for (const container of task.containers) writeLog(this.#surroundings.logs, task, container, ['Starting']);
    this.#change(task, 'RUNNING');
    this.#turn(task, 'running');
    this.#foresee(task, behaviours);
  }

  #foresee(task: Task, behaviours: Behaviour[]): void {
    const forecast = forecastHealth(task, behaviours);
    this.#next(task, [forecast.afterMs, forecast.afterMs], () =>
      forecast.healthy ? this.#becomeHealthy(task) : this.#becomeUnhealthy(task, forecast.reason),
    );
    for (const [i, { specification }] of task.containers.entries()) {
      const behaviour = behaviours[i];
      if (behaviour === undefined || !specification.essential || (behaviour.kind !== 'crash' && behaviour.kind !== 'oom')) continue;
      this.#next(task, [behaviour.afterMs, behaviour.afterMs], () => this.#crash(task, i, behaviour));
    }
  }

  #becomeHealthy(task: Task): void {
    task.healthy = true;
    if (task.containers.some(({ specification }) => specification.health)) task.healthStatus = 'HEALTHY';
    this.#turn(task, 'healthy');
  }

  #becomeUnhealthy(task: Task, reason: string): void {
    task.healthStatus = 'UNHEALTHY';
    task.failedDeployment = true;
    this.stop(task, { code: 'ServiceSchedulerInitiated', reason, stubborn: true });
  }

  #crash(task: Task, index: number, behaviour: Behaviour): void {
    const culprit = task.containers[index];
    if (culprit === undefined) return;
    culprit.exitCode = behaviour.exitCode;
    if (behaviour.kind === 'crash') writeLog(this.#surroundings.logs, task, culprit, lastWords(behaviour.exitCode));
    if (behaviour.kind === 'oom') culprit.reason = 'OutOfMemoryError: Container killed due to memory usage';
    task.failedDeployment = isChecked(task) && !task.healthy; // Without a check, reaching RUNNING was all that ECS asked for.
    this.#order(task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
    this.#drain(task);
  }

  #order(task: Task, { code, reason }: Stop): void {
    task.plan++; // Nothing that was foreseen holds any more.
    task.desiredStatus = 'STOPPED';
    task.stopCode = code;
    task.stoppedReason = reason;
    this.#turn(task, 'stopping');
  }

  #deactivate(task: Task, stubborn: boolean): void {
    task.stoppingAtMs = nowMs(this.#surroundings);
    this.#change(task, 'DEACTIVATING');
    this.#next(task, takes.deactivating, () => {
      const timeoutMs = Math.max(...task.containers.map(({ specification }) => specification.stopTimeoutMs));
      this.#change(task, 'STOPPING');
      this.#next(task, stubborn ? [timeoutMs, timeoutMs] : takes.obeying, () => this.#drain(task, stubborn ? killed : terminated));
    });
  }

  /** The containers have ended; what the task had is given back. */
  #drain(task: Task, exitCode = terminated): void {
    task.executionStoppedAtMs = nowMs(this.#surroundings);
    task.stoppingAtMs ??= task.executionStoppedAtMs;
    for (const container of task.containers) {
      container.lastStatus = 'STOPPED';
      if (container.runtimeId !== undefined) container.exitCode ??= exitCode;
    }
    this.#change(task, 'DEPROVISIONING');
    this.#turn(task, 'drained');
    this.#next(task, takes.deprovisioning, () => {
      task.stoppedAtMs = nowMs(this.#surroundings);
      this.#change(task, 'STOPPED');
      this.#turn(task, 'stopped');
    });
  }

  #next(task: Task, bounds: readonly [number, number], run: () => void): void {
    const { plan } = task;
    after(this.#surroundings, bounds, () => {
      if (task.plan === plan) run();
    });
  }

  #change(task: Task, status: TaskStatus): void {
    task.lastStatus = status;
    task.version++;
    this.#tell(task);
  }

  #tell(task: Task): void {
    task.updatedAtMs = nowMs(this.#surroundings);
    this.#reads.remember(task);
    const detail = taskDocument(task, (ms) => new Date(ms).toISOString());
    this.#surroundings.emit({ source: 'aws.ecs', 'detail-type': 'ECS Task State Change', resources: [task.arn], detail });
  }

  #turn(task: Task, turn: TaskTurn): void {
    task.order.owner?.(task, turn);
  }
}
