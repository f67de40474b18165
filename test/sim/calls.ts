import { TransientError } from '../../lib/errors.ts';
import type { FaultKind } from './faults.ts';
import type { Process } from './process.ts';
import { later, nowMs, type Surroundings } from './surroundings.ts';

/** Time-out of every function. */
export const timeoutMs = 60_000;
/** No call is begun when less than this is left, as the adapters have it. */
const lastCallMs = 10_000;

const callFaults: readonly FaultKind[] = [
  'throttled',
  'failed before its effect',
  'failed after its effect',
  'died before its effect',
  'died after its effect',
  'timed out before its effect',
  'timed out after its effect',
];

/** How long the SDK waits for an answer before it gives a call up. */
const givenUpMs = 10_000;

type Method = (...args: unknown[]) => Promise<unknown>;

/** Carries the calls of the ports: each takes its time, during which everybody else goes on, and may go wrong. */
export class Calls {
  readonly #surroundings: Surroundings;
  readonly #bury: (process: Process) => void;
  made = 0;

  /** `bury` is told of a process that died at a call. */
  constructor(surroundings: Surroundings, bury: (process: Process) => void) {
    this.#surroundings = surroundings;
    this.#bury = bury;
  }

  /** The port as a process reaches it. */
  through<Port extends object>(process: Process, name: string, port: Port): Port {
    const reached: Record<string, Method> = {};
    for (const [method, call] of Object.entries(port) as [string, Method][]) {
      const called = `${name}.${method}`;
      reached[method] = (...args) => this.#call(process, called, () => call(...args));
    }
    return reached as Port;
  }

  #call(process: Process, name: string, call: () => Promise<unknown>): Promise<unknown> {
    const { stir } = this.#surroundings;
    return new Promise((resolve, reject) => {
      if (!process.alive) return; // Nothing that a dead process would do happens any more.
      if (process.startedMs + timeoutMs - nowMs(this.#surroundings) < lastCallMs)
        return reject(new TransientError(`${name}: no call is begun in the last ${lastCallMs} ms`));
      this.made += 1;
      const settle = (act: () => void): void => {
        if (!process.alive) return;
        act();
        stir();
      };
      const lateMs = this.#lateMs();
      const answer = (given: Promise<unknown>): void => {
        const pass = (): void => settle(() => void given.then(resolve, reject));
        if (lateMs === 0) return pass();
        later(this.#surroundings, lateMs, pass);
      };
      later(this.#surroundings, this.#latencyMs(), () => this.#take(process, name, call, answer, (error) => settle(() => reject(error))));
    });
  }

  /** The request arrives. It was sent, so that it takes effect even where its sender died meanwhile. */
  #take(
    process: Process,
    name: string,
    call: () => Promise<unknown>,
    answer: (given: Promise<unknown>) => void,
    fail: (error: Error) => void,
  ): void {
    const { faults, trace, stir } = this.#surroundings;
    const fault = faults.firstOf(callFaults);
    if (fault !== undefined) trace.note(() => `  ${process.id} ${name}: ${fault}`);
    if (fault === 'died before its effect') return this.#bury(process);
    if (fault === 'throttled' || fault === 'failed before its effect') return fail(new TransientError(`${name} ${fault}`));
    const giveUp = (): void => void later(this.#surroundings, givenUpMs, () => fail(new TransientError(`${name} ${fault}`)));
    if (fault === 'timed out before its effect') return giveUp();
    const given = call();
    given.catch(() => undefined); // Whoever sent it may be dead by now, or hears of it later.
    stir(); // The judges see what took effect at that moment, also where nobody is there to hear of it.
    if (fault === undefined) return answer(given);
    if (fault === 'died after its effect') return this.#bury(process);
    if (fault === 'timed out after its effect') return giveUp();
    return fail(new TransientError(`${name} ${fault}`));
  }

  // The second is a process that stands still: its answer is there, and it comes to it when its time is nearly over.
  #lateMs(): number {
    const { faults } = this.#surroundings;
    if (faults.strikes('answered late')) return faults.between(100, 3_000);
    return faults.strikes('answered far too late') ? faults.between(15_000, 58_000) : 0;
  }

  #latencyMs(): number {
    const { faults, delays } = this.#surroundings;
    return faults.strikes('slow') ? faults.between(500, 8_000) : delays.between(3, 60);
  }
}
