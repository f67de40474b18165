type Call = () => Promise<unknown>;

interface Sleeper {
  untilMs: number;
  wake: () => void;
}

/** What an instance asks of the outside, as to when it may go on. */
export interface TurnstileOptions {
  /** Resolves once the instance has nothing left to do but to wait. */
  rest: () => Promise<void>;
  /** Asks the host for the next turn; it answers by `go`. */
  ask: () => void;
}

/**
 * What the code of a function begins at once happens one after the other, in the order in which it was begun: a call goes when the host says
 * so, the next one once everything that its answer led to is done, and who sleeps wakes when nobody has a call left. So the order does
 * not depend on sockets and timers, and a sleep takes no real time.
 */
export class Turnstile {
  /** How long the function has slept, over all that it did. */
  sleptMs = 0;
  /** Called after each sleep. */
  woken: () => void = () => undefined;
  readonly #calls: Call[] = [];
  readonly #sleepers: Sleeper[] = [];
  readonly #options: TurnstileOptions;
  #isOpen = false;
  #go: () => void = () => undefined;
  #leave: () => void = () => undefined;

  constructor(options: TurnstileOptions) {
    this.#options = options;
  }

  /** Makes a call when its turn comes; it is over when its promise is settled. */
  pass(call: Call): void {
    this.#calls.push(call);
    void this.#work();
  }

  async sleep(ms: number): Promise<void> {
    await new Promise<void>((wake) => {
      this.#sleepers.push({ untilMs: this.sleptMs + ms, wake });
      void this.#work();
    });
  }

  /** The host lets the next call through. */
  go(): void {
    this.#go();
  }

  /** The call that is under way will not be answered: what comes after it goes on. */
  noAnswer(): void {
    this.#leave();
  }

  async #work(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    do await this.#options.rest();
    while (await this.#step());
    this.#isOpen = false;
  }

  /** False where nothing is left to be done. */
  async #step(): Promise<boolean> {
    if (this.#calls.length === 0) return this.#wakeNext();
    await new Promise<void>((go) => {
      this.#go = go;
      this.#options.ask();
    });
    const left = new Promise<void>((leave) => {
      this.#leave = leave;
    });
    await Promise.race([
      this.#calls
        .shift()?.()
        .catch(() => undefined),
      left,
    ]);
    return true;
  }

  #wakeNext(): boolean {
    const [next] = this.#sleepers.toSorted((a, b) => a.untilMs - b.untilMs);
    if (next === undefined) return false;
    this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
    this.sleptMs = Math.max(this.sleptMs, next.untilMs);
    this.woken();
    next.wake();
    return true;
  }
}
