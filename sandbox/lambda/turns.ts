import { Chance } from '../model/ecs/chance.ts';

/** An invocation that runs, among those that run beside it. */
export interface Run {
  /** It goes on only once a call of its own was let through. */
  waits: () => void;
  end: () => void;
}

/** What a function is told. */
export interface Told {
  /** Its next call goes through. */
  go: () => void;
  /** The call that went through will not be answered. */
  noAnswer: () => void;
}

interface Running {
  state: 'busy' | 'waiting' | 'unanswered';
  told: Told;
}

/**
 * Whose call is next, of functions that run side by side. One call goes at a time, and only once each function waits for its turn: so it does
 * not depend on this machine who is first, but on the seed alone.
 */
export class Turns {
  readonly #running: Running[] = [];
  readonly #chance: Chance;
  #last: Running | undefined;
  /** Calls that wait for another function to end, which therefore has to go on beside them. */
  #aside = 0;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  begin(told: Told): Run {
    const run: Running = { state: 'busy', told };
    this.#running.push(run);
    return {
      waits: () => {
        run.state = 'waiting';
        this.#next();
      },
      end: () => {
        const place = this.#running.indexOf(run);
        if (place >= 0) this.#running.splice(place, 1);
        this.#next();
      },
    };
  }

  /** Lets others go on while a function waits for one of them. */
  async aside<T>(waiting: Promise<T>): Promise<T> {
    this.#aside += 1;
    this.#next();
    try {
      return await waiting;
    } finally {
      this.#aside -= 1;
    }
  }

  /** The call that went through last will not be answered: nobody waits for it but its caller, in real time. */
  noAnswer(): void {
    if (this.#last === undefined) return;
    this.#last.state = 'unanswered';
    this.#last.told.noAnswer();
    this.#next();
  }

  #next(): void {
    const waiting = this.#running.filter(({ state }) => state === 'waiting');
    const busy = this.#running.filter(({ state }) => state === 'busy');
    if (busy.length > this.#aside) return;
    const next = waiting[this.#chance.between(0, waiting.length - 1)];
    if (next === undefined) return;
    next.state = 'busy';
    this.#last = next;
    next.told.go();
  }
}
