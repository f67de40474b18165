import { PermanentError, TransientError } from '../../lib/errors.ts';
import type { Configuration } from '../../lib/domain/policy.ts';
import type { Invocation } from '../../lib/ports/invocation.ts';
import { Calls, timeoutMs } from './calls.ts';
import type { FunctionName, Process } from './process.ts';
import { later, nowMs, type Surroundings } from './surroundings.ts';
import { witnessed, type Needs, type Witnessed } from './witness.ts';

const ports = [
  'heads',
  'services',
  'scaling',
  'taskDefinitions',
  'registry',
  'contents',
  'scans',
  'exposures',
  'quarantine',
  'failing',
  'log',
  'topic',
  'dueList',
  'enrolment',
  'repositories',
] as const;

/** A flow, its event already in it. */
export type Flow = (needs: Needs, invocation: Invocation) => Promise<void>;

/** What is to be invoked. */
export interface Order {
  name: FunctionName;
  /** What woke it, for the history. */
  because: string;
  flow: Flow;
  /** Told when the flow ended well. */
  done?: () => void;
}

const retryAfterMs = [60_000, 120_000]; // Lambda's asynchronous retries.
const orderedAgainMs = [20_000]; // A person has no such patience.

/** Lambda: runs flows beside each other, ends them at their time-out, and retries those that failed. */
export class Functions {
  readonly calls: Calls;
  readonly #surroundings: Surroundings;
  readonly #needs: Needs;
  readonly #configuration: () => Configuration;
  readonly #witnessed: Witnessed;
  readonly #endings = new Map<Process, (error: Error) => void>();
  #invocations = 0;
  #pausedUntilMs = -Infinity;
  deadLetters = 0;

  /** `configuration` answers the one that is deployed now. */
  constructor(surroundings: Surroundings, needs: Needs, table: Omit<Witnessed, 'observe'>, configuration: () => Configuration) {
    this.#configuration = configuration;
    this.#surroundings = surroundings;
    this.#needs = needs;
    this.#witnessed = { ...table, observe: surroundings.observe };
    this.calls = new Calls(surroundings, (process) => this.#endings.get(process)?.(new TransientError('the process died')));
  }

  /** Lambda is away: until then nothing is invoked, asynchronous events wait, and ticks are lost. */
  pauseUntil(moment: number): void {
    this.#pausedUntilMs = moment;
  }

  /** From when on whatever wakes a function does. */
  get awayUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** Runs something once no function is at work, after a function's time-out at the latest: what one is about to do in this very second is not left undone. */
  atRest(run: () => void, seconds = 0): void {
    if (this.#endings.size === 0 || seconds * 1_000 >= timeoutMs) return run();
    later(this.#surroundings, 1_000, () => this.atRest(run, seconds + 1));
  }

  /** Invokes it now; asynchronously invoked functions are tried twice more, the tick is not. */
  invoke(order: Order, attempt = 0): void {
    const pausedMs = this.#pausedUntilMs - nowMs(this.#surroundings);
    if (pausedMs > 0 && order.name === 'tick') return;
    if (pausedMs > 0) return void later(this.#surroundings, pausedMs, () => this.invoke(order, attempt));
    const { trace, stir } = this.#surroundings;
    const process: Process = {
      id: `${order.name}/${++this.#invocations}`,
      name: order.name,
      startedMs: nowMs(this.#surroundings),
      configuration: this.#configuration(),
      alive: true,
    };
    const callOff = later(this.#surroundings, timeoutMs, () => this.#endings.get(process)?.(new TransientError('timed out')));
    const end = (error?: unknown): void => {
      if (!process.alive) return;
      process.alive = false;
      this.#endings.delete(process);
      callOff();
      const expected = error === undefined || error instanceof TransientError || error instanceof PermanentError;
      this.#surroundings.observe({ kind: 'ended', by: process, error, expected });
      if (error === undefined) return order.done?.();
      trace.note(() => `  ${process.id} ended: ${error instanceof Error ? error.message : ''}`);
      this.#failed(order, attempt);
    };
    this.#endings.set(process, end);
    trace.note(() => `${process.id} ${order.because}${attempt > 0 ? ` (attempt ${attempt + 1})` : ''}`);
    order.flow(this.#reachable(process), this.#invocation(process)).then(() => end(), end);
    stir();
  }

  #failed(order: Order, attempt: number): void {
    const pauses = order.name === 'obey-command' ? orderedAgainMs : retryAfterMs;
    const againMs = order.name === 'tick' ? undefined : pauses[attempt];
    if (againMs !== undefined) later(this.#surroundings, againMs, () => this.invoke(order, attempt + 1));
    else if (order.name !== 'tick') this.deadLetters += 1;
  }

  #reachable(process: Process): Needs {
    const needs = witnessed({ ...this.#needs, configuration: process.configuration }, process, this.#witnessed);
    const reached = needs as Partial<Record<(typeof ports)[number], object>>; // Made for this process alone.
    for (const name of ports) {
      const port = needs[name];
      if (port !== undefined) reached[name] = this.calls.through<object>(process, name, port);
    }
    const { contents } = needs;
    return { ...needs, contents: { ...contents, read: (repository, digest) => this.#read(process, contents, repository, digest) } };
  }

  // What reached a function it must heed.
  async #read(process: Process, contents: Needs['contents'], repository: string, digest: string): ReturnType<Needs['contents']['read']> {
    const told = (failed: boolean): void => this.#surroundings.observe({ kind: 'read-content', by: process, digest, failed });
    try {
      const content = await contents.read(repository, digest);
      told(false);
      return content;
    } catch (error) {
      told(true);
      throw error;
    }
  }

  #invocation(process: Process): Invocation {
    const { faults, trace, observe } = this.#surroundings;
    const leapMs = faults.strikes('clock leapt') ? faults.between(-2_500, 2_500) : 0;
    const skewMs = (faults.strikes('clock skewed') ? faults.between(-900, 900) : 0) + leapMs;
    return {
      id: process.id,
      now: new Date(process.startedMs + skewMs),
      timeoutMs,
      remainingMs: () => process.startedMs + timeoutMs - nowMs(this.#surroundings),
      log: (message, fields = {}) => {
        if (!process.alive) return;
        if (process.name === 'judge-stopped-task') observe({ kind: 'logged', by: process, message });
        if (message === 'candidate')
          observe({
            kind: 'candidate',
            service: String(fields['service']),
            digest: String(fields['digest']),
            outcome: String(fields['action']),
          });
        trace.note(() => `  ${process.id} ${message} ${JSON.stringify(fields)}`);
      },
    };
  }
}
