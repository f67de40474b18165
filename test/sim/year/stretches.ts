import { Draws } from '../draws.ts';
import { Faults, type FaultKind, type FaultSource } from '../faults.ts';
import { minuteMs } from '../place.ts';

/** A fault may last on for so long: what was held up by it, and functions that nothing invokes. */
const lastsMs = 13 * minuteMs;

/** Faults that come and go: in stretches in which a seed of their own says which kinds are on, and calm ones between. */
export class Stretches implements FaultSource {
  readonly struck: Record<FaultKind, number>;
  readonly #seed: number;
  readonly #now: () => number;
  readonly #note: (kind: FaultKind, ordinal: number) => void;
  readonly #lengths: Draws;
  #faults: Faults;
  #number = 0;
  #on = false;
  #untilMs = -Infinity;
  #lastMs = -Infinity;
  #ceased = false;
  #ordinal = 0;

  constructor(seed: number, now: () => number, note: (kind: FaultKind, ordinal: number) => void) {
    this.#seed = seed;
    this.#now = now;
    this.#note = note;
    this.#lengths = new Draws(seed, 'stretches');
    this.#faults = this.#drawn();
    this.struck = { ...this.#faults.struck };
  }

  get count(): number {
    return this.#ordinal;
  }

  /** Until when something may still be wrong because of a fault that struck; the distant past where none did. */
  get quietSinceMs(): number {
    this.#move();
    return this.#on ? this.#now() : this.#lastMs;
  }

  /** From now on nothing goes wrong any more. */
  cease(): void {
    this.#ceased = true;
    this.#on = false;
  }

  strikes(kind: FaultKind): boolean {
    this.#move();
    if (!this.#on || !this.#faults.strikes(kind)) return false;
    this.struck[kind] += 1;
    this.#ordinal += 1;
    this.#lastMs = Math.max(this.#lastMs, this.#now() + (kind === 'nothing invoked for minutes' ? lastsMs : 0));
    return true;
  }

  firstOf(kinds: readonly FaultKind[]): FaultKind | undefined {
    return kinds.find((kind) => this.strikes(kind));
  }

  between(low: number, high: number): number {
    return this.#faults.between(low, high);
  }

  #move(): void {
    while (!this.#ceased && this.#now() >= this.#untilMs) {
      if (this.#on) this.#lastMs = Math.max(this.#lastMs, this.#untilMs);
      this.#on = !this.#on;
      const from = this.#untilMs === -Infinity ? this.#now() : this.#untilMs;
      this.#untilMs = from + this.#lengths.between(20, this.#on ? 240 : 360) * minuteMs;
      if (this.#on) this.#faults = this.#drawn();
    }
  }

  #drawn(): Faults {
    this.#number += 1;
    return new Faults(this.#seed * 100_000 + this.#number, {}, this.#note);
  }
}
