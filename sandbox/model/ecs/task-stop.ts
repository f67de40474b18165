import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { takes } from './task-durations.ts';
import type { TaskTurns } from './task-turns.ts';
import type { Container, StopCode, Task } from './task.ts';

const killed = 137;
const terminated = 143;
const spotInterruption: Stop = { code: 'SpotInterruption', reason: 'Your Spot Task was interrupted.' };
const longestOnFargateMs = 120_000;

export interface Stop {
  code: StopCode;
  reason: string;
  /** It does not obey SIGTERM, so that it is killed after its stop timeout. */
  stubborn?: boolean;
  /** What its containers end with where they obey; SIGTERM's own by default. */
  exitCode?: number | undefined;
}

/** Takes tasks from whatever they are to STOPPED. One that is being stopped already goes on as it was. */
export class TaskStop {
  readonly #surroundings: Surroundings;
  readonly #turns: TaskTurns;

  constructor(surroundings: Surroundings, turns: TaskTurns) {
    this.#surroundings = surroundings;
    this.#turns = turns;
  }

  /** In good order: SIGTERM, and SIGKILL for whatever is still there after its stop timeout. */
  stop(task: Task, stop: Stop): void {
    if (task.desiredStatus === 'STOPPED') return;
    this.#order(task, stop);
    if (task.startedAtMs === undefined) return this.#drain(task);
    this.#deactivate(task, stop);
  }

  /** The warning first, with the task still RUNNING; two minutes later it is stopped. */
  interrupt(task: Task): void {
    if (task.desiredStatus === 'STOPPED') return;
    this.#order(task, spotInterruption);
    if (task.startedAtMs === undefined) return this.#drain(task);
    this.#turns.change(task, task.lastStatus);
    this.#turns.next(task, takes.spotWarning, () => this.#deactivate(task, spotInterruption));
  }

  /** Its containers have ended by themselves, or never began. */
  end(task: Task, stop: Stop): void {
    if (task.desiredStatus === 'STOPPED') return;
    this.#order(task, stop);
    this.#drain(task);
  }

  /** The host went away with it: nobody saw its containers end, and they are told as they were last. */
  vanish(task: Task, stop: Stop): void {
    if (task.desiredStatus === 'STOPPED') return;
    this.#order(task, stop);
    task.stoppingAtMs = nowMs(this.#surroundings);
    this.#turns.next(task, takes.vanishing, () => {
      task.executionStoppedAtMs = nowMs(this.#surroundings);
      this.#finish(task);
    });
  }

  #order(task: Task, { code, reason }: Stop): void {
    task.plan++; // Nothing that was foreseen holds any more.
    task.desiredStatus = 'STOPPED';
    task.stopCode = code;
    task.stoppedReason = reason;
    this.#turns.turn(task, 'stopping');
  }

  #deactivate(task: Task, { stubborn = false, exitCode }: Stop): void {
    task.stoppingAtMs = nowMs(this.#surroundings);
    this.#turns.change(task, 'DEACTIVATING');
    this.#turns.next(task, takes.deactivating, () => {
      const disobeying = task.containers.filter((container) => stubborn || container.stubborn === true);
      this.#turns.change(task, 'STOPPING');
      const timeoutMs = Math.max(...disobeying.map((container) => timeoutOf(task, container)));
      this.#turns.next(task, disobeying.length > 0 ? [timeoutMs, timeoutMs] : takes.obeying, () => this.#drain(task, disobeying, exitCode));
    });
  }

  /** The containers have ended, some of them by SIGKILL; what the task had is given back. */
  #drain(task: Task, disobeying: readonly Container[] = [], exitCode = terminated): void {
    task.executionStoppedAtMs = nowMs(this.#surroundings);
    task.stoppingAtMs ??= task.executionStoppedAtMs;
    for (const container of task.containers) {
      const ended = container.lastStatus === 'STOPPED';
      container.lastStatus = 'STOPPED';
      if (container.runtimeId !== undefined && !ended) container.exitCode ??= disobeying.includes(container) ? killed : exitCode;
    }
    this.#turns.change(task, 'DEPROVISIONING');
    this.#turns.turn(task, 'drained');
    this.#turns.next(task, takes.deprovisioning, () => this.#finish(task));
  }

  #finish(task: Task): void {
    task.stoppedAtMs = nowMs(this.#surroundings);
    this.#turns.change(task, 'STOPPED');
    this.#turns.turn(task, 'stopped');
  }
}

/** From SIGTERM to SIGKILL. */
function timeoutOf({ order }: Task, { specification }: Container): number {
  return Math.min(specification.stopTimeoutMs, order.launchType === 'FARGATE' ? longestOnFargateMs : Infinity);
}
