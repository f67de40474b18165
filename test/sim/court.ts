import type { Judge, MakeJudge, Ruling, Truth } from './judges/judge.ts';
import { judges } from './judges/judges.ts';
import type { Observation } from './observation.ts';

/** A rule that a world broke, and how. */
export interface Broken {
  rule: string;
  how: string;
}

/** All judges of one world. The first broken rule ends it. */
export class Court {
  readonly #judges: Judge[];
  readonly #watching: Judge[];
  readonly decided: Record<string, number>;
  broken: Broken | undefined;

  /** `more` judges beside those of every world. */
  constructor(truth: Truth, more: readonly MakeJudge[] = []) {
    this.#judges = [...judges, ...more].map((make) => make(truth));
    this.#watching = this.#judges.filter((judge) => 'watch' in judge);
    this.decided = Object.fromEntries(this.#judges.map(({ rule }) => [rule, 0]));
  }

  watch(seen: Observation): void {
    for (const judge of this.#watching) {
      const ruling = judge.watch?.(seen);
      if (ruling !== undefined) this.#take(judge, ruling);
    }
  }

  settle(service: string): void {
    for (const judge of this.#judges) this.#take(judge, judge.settle?.(service));
  }

  /** Ends the world. Services that never came to rest, so that nobody could judge them, break it as well. */
  close(unsettled: number): void {
    if (unsettled > 0)
      this.broken ??= { rule: 'all settles', how: `${unsettled} services were disturbed again and again, and never judged` };
  }

  #take({ rule }: Judge, ruling: Ruling): void {
    if (ruling === undefined) return;
    this.decided[rule] = (this.decided[rule] ?? 0) + 1;
    if (ruling !== 'holds') this.broken ??= { rule, how: ruling.broken };
  }
}
