import { PermanentError, TransientError } from '../../lib/errors.ts';
import type { Invocation } from '../../lib/ports/invocation.ts';
import { Calls, timeoutMs } from './calls.ts';
import type { FunctionName, Process } from './process.ts';
import { later, nowMs, type Surroundings } from './surroundings.ts';
import { witnessed, type Needs, type Witnessed } from './witness.ts';

const ports = [
  'heads',
  'services',
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

/** Lambda: runs flows beside each other, ends them at their time-out, and retries those that failed. */
export class Functions {
  readonly calls: Calls;
  readonly #surroundings: Surroundings;
  readonly #needs: Needs;
  readonly #witnessed: Witnessed;
  readonly #endings = new Map<Process, (error: Error) => void>();
  #invocations = 0;
  deadLetters = 0;

  constructor(surroundings: Surroundings, needs: Needs, table: Omit<Witnessed, 'observe'>) {
    this.#surroundings = surroundings;
    this.#needs = needs;
    this.#witnessed = { ...table, observe: surroundings.observe };
    this.calls = new Calls(surroundings, (process) => this.#endings.get(process)?.(new TransientError('the process died')));
  }

  /** Invokes it now; asynchronously invoked functions are tried twice more, the tick is not. */
  invoke(order: Order, attempt = 0): void {
    const { trace, stir } = this.#surroundings;
    const process: Process = {
      id: `${order.name}/${++this.#invocations}`,
      name: order.name,
      startedMs: nowMs(this.#surroundings),
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
    const againMs = order.name === 'tick' ? undefined : retryAfterMs[attempt];
    if (againMs !== undefined) later(this.#surroundings, againMs, () => this.invoke(order, attempt + 1));
    else if (order.name !== 'tick') this.deadLetters += 1;
  }

  #reachable(process: Process): Needs {
    const needs = witnessed(this.#needs, process, this.#witnessed);
    const reached = ports.map((name) => [name, this.calls.through(process, name, needs[name])] as const);
    return { ...needs, ...(Object.fromEntries(reached) as unknown as Pick<Needs, (typeof ports)[number]>) };
  }

  #invocation(process: Process): Invocation {
    const { faults, trace, observe } = this.#surroundings;
    const skewMs = faults.strikes('clock skewed') ? faults.between(-900, 900) : 0;
    return {
      id: process.id,
      now: new Date(process.startedMs + skewMs),
      timeoutMs,
      remainingMs: () => process.startedMs + timeoutMs - nowMs(this.#surroundings),
      log: (message, fields = {}) => {
        if (!process.alive) return;
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
