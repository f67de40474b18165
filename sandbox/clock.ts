import { type Agenda, SteppedAgenda } from './model/agenda.ts';
import { Pace, type RealTime } from './pace.ts';

interface Jump {
  ms: number;
  done: () => void;
  /** When it ends; known once it has begun, for jumps that were asked for together follow one another. */
  until?: Date;
}

/**
 * The sandbox's time. It is discrete: it moves only while nothing is open (no invocation, request or delivery), from one due entry to the next,
 * so that what happens does not depend on how fast this machine is. Speed caps it against real time: 1 is real time, 60 a minute a second,
 * 0 stands still until a jump, Infinity does not wait at all.
 */
export class Clock {
  /** What the models are given: the time, and what is to happen when. */
  readonly agenda: Agenda = {
    now: () => this.now(),
    at: (when, run) => {
      const cancel = this.#entries.at(when, run);
      this.#wake();
      return cancel;
    },
  };
  /** The time in milliseconds, for the workers, which replace Date by it. */
  readonly shared = new Float64Array(new SharedArrayBuffer(8));
  #entries: SteppedAgenda;
  #open = 0;
  #stopped = false;
  #jumps: Jump[] = [];
  #wake: () => void = () => undefined;
  readonly #start: Date;
  readonly #pace: Pace;
  readonly #report: (error: unknown) => void;

  constructor(start: Date, speed: number, report: (error: unknown) => void, realTime: RealTime = () => performance.now()) {
    this.#start = start;
    this.#report = report;
    this.#entries = new SteppedAgenda(start);
    this.#pace = new Pace(speed, start, realTime);
    this.#publish();
    void this.#run();
  }

  now(): Date {
    this.#catchUp();
    return this.#entries.now();
  }

  get speed(): number {
    return this.#pace.speed;
  }

  set speed(speed: number) {
    this.#catchUp();
    this.#dropAnchor();
    this.#pace.speed = speed;
    this.#wake();
  }

  /** Lets no time pass until the answer is called. */
  hold(): () => void {
    this.#catchUp();
    this.#open++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#open--;
      if (this.#open === 0) this.#dropAnchor();
      this.#wake();
    };
  }

  /** Lets no time pass until the work is done. */
  async during<T>(work: () => T | Promise<T>): Promise<T> {
    const release = this.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Lets time pass while something that is open waits for it: a long poll, say. */
  async letPass<T>(waiting: Promise<T>): Promise<T> {
    this.#open--;
    if (this.#open === 0) this.#dropAnchor();
    this.#wake();
    try {
      return await waiting;
    } finally {
      this.#catchUp();
      this.#open++;
    }
  }

  /** Moves time on, running everything due in between in order and waiting after each step until nothing is open. */
  advance(ms: number): Promise<void> {
    if (!(ms >= 0)) return Promise.reject(new RangeError(`Time moves forward only; found ${ms} ms`));
    return new Promise((done) => {
      this.#jumps.push({ ms, done });
      this.#wake();
    });
  }

  /** Waits until all that is due at this moment is done. */
  settle(): Promise<void> {
    return this.advance(0);
  }

  /** Forgets everything that was to happen and starts the time anew. */
  restart(): void {
    this.#entries = new SteppedAgenda(this.#start);
    this.#dropAnchor();
    this.#publish();
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    for (const { done } of this.#jumps.splice(0)) done();
    this.#wake();
  }

  async #run(): Promise<void> {
    for (;;) {
      // A turn of the event loop, so that what the last step began is counted as open before anyone asks.
      await new Promise(setImmediate);
      if (this.#stopped) return;
      if (this.#open > 0) await this.#woken(undefined);
      else if (!this.#move()) await this.#woken(this.#realDelay());
    }
  }

  /** Takes one step where one may be taken; true where something was done. */
  #move(): boolean {
    const jump = this.#jumps[0];
    if (jump) jump.until ??= new Date(this.#entries.now().getTime() + jump.ms);
    if (this.#step(jump?.until ?? this.#limit())) return true;
    if (!jump?.until) return false;
    this.#entries.moveTo(jump.until);
    this.#publish();
    this.#dropAnchor();
    this.#jumps.shift();
    jump.done();
    return true;
  }

  #step(limit: Date): boolean {
    try {
      return this.#entries.step(limit);
    } catch (error) {
      this.#report(error);
      return true;
    } finally {
      this.#publish();
    }
  }

  /** How far time may have moved by now. */
  #limit(): Date {
    return this.#pace.limit() ?? this.#entries.next() ?? this.#entries.now();
  }

  /** Brings the time up to date, yet never past something that is still to happen. */
  #catchUp(): void {
    if (this.#open > 0 || this.#jumps.length > 0 || this.#stopped || this.speed === Infinity) return;
    const next = this.#entries.next()?.getTime() ?? Infinity;
    this.#entries.moveTo(new Date(Math.min(this.#limit().getTime(), next)));
    this.#publish();
  }

  #dropAnchor(): void {
    this.#pace.beginAt(this.#entries.now());
  }

  #publish(): void {
    this.shared[0] = this.#entries.now().getTime();
  }

  #realDelay(): number | undefined {
    const next = this.#entries.next();
    return next && this.#pace.delayUntil(next);
  }

  #woken(delayMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = delayMs === undefined ? undefined : setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
