import { TransientError } from '../../lib/errors.ts';

/** A call of a port, in the order in which it began. */
export interface RecordedCall {
  port: string;
  method: string;
  args: readonly unknown[];
  /** Which call of all it is, from 1. */
  order: number;
}

/** `throttle` and `time-out` are answered as AWS's are; a `crash` ends the process: whatever is called after it fails too, until it is revived. */
export interface Fault {
  kind: 'throttle' | 'time-out' | 'crash';
  moment: 'before' | 'after';
}

/** The end of a process in the middle of its work; no code of the product may go on after it. */
export class Crash extends Error {
  override name = 'Crash';
}

/** Writes down the calls of the ports that it wraps, and lets them fail before or after their effect. */
export class Recording {
  readonly calls: RecordedCall[] = [];
  readonly #faultOf: (call: RecordedCall) => Fault | undefined;
  #crashed = false;

  constructor(faultOf: (call: RecordedCall) => Fault | undefined = () => undefined) {
    this.#faultOf = faultOf;
  }

  /** The port, with every method recorded under the given name. */
  wrap<Port extends object>(port: string, wrapped: Port): Port {
    const methods = Object.entries(wrapped).filter(([, method]) => typeof method === 'function');
    const recorded = methods.map(([method, call]: [string, Method]) => [
      method,
      (...args: unknown[]) => this.#call(port, method, args, () => call(...args)),
    ]);
    return { ...wrapped, ...Object.fromEntries(recorded) } as Port;
  }

  /** `port.method` of each call, in order. */
  names(): string[] {
    return this.calls.map(({ port, method }) => `${port}.${method}`);
  }

  get crashed(): boolean {
    return this.#crashed;
  }

  /** A new process takes over after a crash. */
  revive(): void {
    this.#crashed = false;
  }

  async #call(port: string, method: string, args: unknown[], call: () => unknown): Promise<unknown> {
    if (this.#crashed) throw new Crash(`${port}.${method} was called after the crash`);
    const recorded = { port, method, args, order: this.calls.length + 1 };
    this.calls.push(recorded);
    const fault = this.#faultOf(recorded);
    if (fault?.moment === 'before') throw this.#failure(fault, recorded);
    const answer = await call();
    if (fault?.moment === 'after') throw this.#failure(fault, recorded);
    return answer;
  }

  #failure({ kind, moment }: Fault, { port, method, order }: RecordedCall): Error {
    const message = `${kind} ${moment} the effect of call ${order}, ${port}.${method}`;
    if (kind !== 'crash') return new TransientError(message);
    this.#crashed = true;
    return new Crash(message);
  }
}

type Method = (...args: unknown[]) => unknown;

/** The fault for one call: the n-th of all, counted from 1. */
export function failingNth(order: number, fault: Fault): (call: RecordedCall) => Fault | undefined {
  return (call) => (call.order === order ? fault : undefined);
}
