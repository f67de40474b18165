import type { Behaviour } from './behaviour.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { createTask } from './task-creation.ts';
import { takes } from './task-durations.ts';
import { waitFor } from './task-dependencies.ts';
import type { Waiting } from './task-dependencies.ts';
import { forecastHealth, isChecked } from './task-health.ts';
import { lastWords, writeLog } from './task-logs.ts';
import { pullImages } from './task-pull.ts';
import { TaskStop } from './task-stop.ts';
import type { Stop } from './task-stop.ts';
import type { TaskTurns } from './task-turns.ts';
import type { Container, Task, TaskOrder } from './task.ts';

/** Takes tasks from PROVISIONING to RUNNING and through what their images do there; how they end is in TaskStop. */
export class TaskLife {
  readonly #surroundings: Surroundings;
  readonly #turns: TaskTurns;
  readonly #stop: TaskStop;

  constructor(surroundings: Surroundings, turns: TaskTurns) {
    this.#surroundings = surroundings;
    this.#turns = turns;
    this.#stop = new TaskStop(surroundings, turns);
  }

  launch(order: TaskOrder): Task {
    const task = createTask(order, this.#surroundings);
    this.#turns.tell(task);
    this.#turns.next(task, takes.provisioning, () => this.#place(task));
    return task;
  }

  /** Stops a task in good order. One that is being stopped already goes on as it was. */
  stop(task: Task, stop: Stop): void {
    this.#stop.stop(task, stop);
  }

  /** Spot capacity is taken back: the warning now, the stop in two minutes. */
  interrupt(task: Task): void {
    this.#stop.interrupt(task);
  }

  /** The host goes away with the task. */
  vanish(task: Task, stop: Stop): void {
    this.#stop.vanish(task, stop);
  }

  /** The task's first essential container ends with this code; undefined: none is told. */
  exit(task: Task, stop: Stop, exitCode: number | undefined): void {
    const culprit = task.containers.find(({ specification }) => specification.essential);
    if (culprit !== undefined && task.desiredStatus === 'RUNNING') {
      culprit.lastStatus = 'STOPPED';
      if (exitCode !== undefined) culprit.exitCode = exitCode;
    }
    this.#stop.end(task, stop);
  }

  #place(task: Task): void {
    const { failure } = task.order;
    if (failure === undefined || !isPlacement(failure)) return this.#pull(task);
    task.containers = []; // No host took them.
    task.failedDeployment = true;
    this.#stop.end(task, { code: 'TaskFailedToStart', reason: failure });
  }

  #pull(task: Task): void {
    task.connectivityAtMs = nowMs(this.#surroundings);
    task.pullStartedAtMs = task.connectivityAtMs;
    const { failure } = task.order;
    const pull = failure === undefined ? pullImages(task, this.#surroundings.images) : { failure };
    this.#turns.change(task, 'PENDING');
    this.#turns.turn(task, 'resolved');
    if ('failure' in pull) return this.#turns.next(task, takes.failingToPull, () => this.#failToStart(task, pull.failure));
    this.#turns.next(task, takes.pulling, () => this.#activate(task, pull.behaviours));
  }

  #failToStart(task: Task, failure: string): void {
    const onFargate = task.order.launchType === 'FARGATE';
    task.pullStoppedAtMs = nowMs(this.#surroundings);
    const [first] = task.containers;
    if (!onFargate && first !== undefined) first.reason = failure; // On EC2 the cause stands at the container alone.
    task.failedDeployment = true;
    this.#stop.end(task, { code: 'TaskFailedToStart', reason: onFargate ? failure : 'Task failed to start' });
  }

  #activate(task: Task, behaviours: Behaviour[]): void {
    const slowMs = Math.max(...behaviours.map(({ startMs }) => startMs));
    task.pullStoppedAtMs = nowMs(this.#surroundings);
    this.#turns.change(task, 'ACTIVATING');
    const waiting = waitFor(task, behaviours);
    const [low, high] = takes.activating.map((ms) => ms + slowMs + waiting.afterMs) as [number, number];
    const { failure } = waiting;
    this.#turns.next(task, [low, high], () =>
      failure === undefined ? this.#run(task, behaviours, waiting.ended) : this.#failToStart(task, failure),
    );
  }

  #run(task: Task, behaviours: Behaviour[], ended: Waiting['ended']): void {
    task.startedAtMs = nowMs(this.#surroundings);
    for (const [i, container] of task.containers.entries()) {
      container.lastStatus = ended.has(container) ? 'STOPPED' : 'RUNNING';
      container.exitCode = ended.get(container);
      container.runtimeId = [task.id, this.#surroundings.chance.digits(10)].join('-');
      container.stubborn = behaviours[i]?.stubborn === true;
    }
    for (const container of task.containers) writeLog(this.#surroundings.logs, task, container, ['Starting']);
    this.#turns.change(task, 'RUNNING');
    this.#turns.turn(task, 'running');
    this.#foresee(task, behaviours);
  }

  #foresee(task: Task, behaviours: Behaviour[]): void {
    for (const { afterMs, healthy, reason } of forecastHealth(task, behaviours))
      this.#turns.next(task, [afterMs, afterMs], () => (healthy ? this.#becomeHealthy(task) : this.#becomeUnhealthy(task, reason)));
    for (const [i, container] of task.containers.entries()) {
      const behaviour = behaviours[i];
      if (container.lastStatus === 'STOPPED' || (behaviour?.kind !== 'crash' && behaviour?.kind !== 'oom')) continue;
      const { afterMs } = behaviour;
      this.#turns.next(task, [afterMs, afterMs], () => this.#end(task, container, behaviour));
    }
  }

  #becomeHealthy(task: Task): void {
    task.healthy = true;
    if (task.containers.some(({ specification }) => specification.health)) task.healthStatus = 'HEALTHY';
    this.#turns.turn(task, 'healthy');
  }

  #becomeUnhealthy(task: Task, reason: string): void {
    task.healthStatus = 'UNHEALTHY';
    task.failedDeployment = true;
    this.#stop.stop(task, { code: 'ServiceSchedulerInitiated', reason, stubborn: true });
  }

  /** A container ends by itself, and takes the task with it where it is essential. */
  #end(task: Task, container: Container, { kind, exitCode }: Behaviour): void {
    container.exitCode = exitCode;
    container.lastStatus = 'STOPPED';
    if (kind === 'crash') writeLog(this.#surroundings.logs, task, container, lastWords(exitCode));
    if (kind === 'oom') container.reason = 'OutOfMemoryError: Container killed due to memory usage';
    if (!container.specification.essential) return this.#turns.change(task, task.lastStatus);
    task.failedDeployment = isChecked(task) && !task.healthy; // Without a check, reaching RUNNING was all that ECS asked for.
    this.#stop.end(task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
  }
}

/** Whether a reason tells that the task found no place, so that none of its containers came to be. */
function isPlacement(reason: string): boolean {
  return reason.startsWith('TaskFailedToStart:');
}
