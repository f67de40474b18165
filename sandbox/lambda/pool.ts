import type { LambdaFunction } from './function.ts';
import { type Host, Instance, type Outcome } from './instance.ts';

/** Most instances of one function that run at a time on this machine; what comes on top waits. */
const instancesMax = 8;

/** The instances of one function: a warm one is used again, an invocation beside another gets one of its own. */
export class Pool {
  #idle: Instance[] = [];
  #all = new Set<Instance>();
  #busy = 0;
  #waiting: (() => void)[] = [];
  readonly #lambda: LambdaFunction;
  readonly #host: () => Host;

  constructor(lambda: LambdaFunction, host: () => Host) {
    this.#lambda = lambda;
    this.#host = host;
  }

  /** Whether another invocation stays within what is reserved for the function. */
  get hasRoom(): boolean {
    return this.#busy < (this.#lambda.concurrencyMax ?? Infinity);
  }

  async invoke(requestId: string, event: unknown): Promise<Outcome> {
    await this.#turn();
    const instance = this.#idle.pop() ?? this.#start();
    try {
      return await instance.invoke(requestId, event);
    } finally {
      if (instance.alive) this.#idle.push(instance);
      else this.#all.delete(instance);
      this.#busy--;
      this.#waiting.shift()?.();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((instance) => instance.stop()));
  }

  async #turn(): Promise<void> {
    const most = Math.min(this.#lambda.concurrencyMax ?? instancesMax, instancesMax);
    while (this.#busy >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy++;
  }

  #start(): Instance {
    const instance = new Instance(this.#lambda, this.#host());
    this.#all.add(instance);
    return instance;
  }
}
