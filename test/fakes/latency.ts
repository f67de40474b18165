/** Counts how deep calls stand one after the other: a call begins one step after whatever was answered before it began. */
export class Latency {
  #step = 0;
  readonly calls: { name: string; step: number }[] = [];
  #open: (() => void)[] = [];

  /** The port, each of whose calls takes one step. Calls begun in the same step run beside each other. */
  wrap<Port extends object>(name: string, port: Port): Port {
    const methods = Object.entries(port).filter(([, method]) => typeof method === 'function');
    const slow = methods.map(([method, call]: [string, (...args: unknown[]) => unknown]) => [
      method,
      async (...args: unknown[]) => {
        this.calls.push({ name: `${name}.${method}`, step: this.#step + 1 });
        await new Promise<void>((resolve) => void this.#open.push(resolve));
        return call(...args);
      },
    ]);
    return { ...port, ...Object.fromEntries(slow) } as Port;
  }

  /** Runs a flow to its end, answering step by step all calls that are open. */
  async run(flow: Promise<void>): Promise<void> {
    const state = { done: false };
    const ended = flow.finally(() => void (state.done = true));
    while (!state.done) {
      await new Promise((resolve) => void setImmediate(resolve)); // Everything that could begin has begun.
      const answered = this.#open;
      this.#open = [];
      if (answered.length > 0) this.#step += 1;
      for (const answer of answered) answer();
    }
    await ended;
  }

  /** At which step the first call of that name stands: so many calls one after the other, it included. */
  stepOf(name: string): number {
    return this.calls.find((call) => call.name === name)?.step ?? Number.POSITIVE_INFINITY;
  }
}
