import { Draws } from './draws.ts';

/** What can go wrong around the product. `rate` is the probability at each opportunity, drawn from these where the seed switches a kind on. */
export const faultKinds = {
  // A call of a port
  throttled: [0.005, 0.02, 0.06],
  'failed before its effect': [0.005, 0.02, 0.05],
  'failed after its effect': [0.005, 0.02, 0.05],
  'died before its effect': [0.002, 0.01, 0.02],
  'died after its effect': [0.002, 0.01, 0.02],
  slow: [0.01, 0.05, 0.15],
  'answered late': [0.02, 0.1],
  // An event
  'event lost': [0.05, 0.2, 0.5],
  'event repeated': [0.05, 0.2, 0.5],
  'event late': [0.05, 0.2],
  // The tick
  'tick missed': [0.05, 0.2],
  'tick repeated': [0.05, 0.2],
  // Clocks and reads
  'clock skewed': [0.3],
  'read stale': [1],
  // What the first worlds did not know
  'timed out before its effect': [0.002, 0.008],
  'timed out after its effect': [0.002, 0.008],
  'answered far too late': [0.002, 0.008],
  'write lost to a rival': [0.02, 0.08],
  'event out of order': [0.1, 0.3],
  'index behind': [0.1, 0.3],
  'clock leapt': [0.03, 0.1],
  'nothing invoked for minutes': [0.01, 0.03],
  'command repeated': [0.2, 0.5],
} as const;

export type FaultKind = keyof typeof faultKinds;

const kinds = Object.keys(faultKinds) as FaultKind[];
/** Those of plain worlds. */
export const kindsOfPlain: readonly FaultKind[] = kinds.slice(0, kinds.indexOf('timed out before its effect'));
const onMoreOrLess = 0.55;

/** The faults of one world: which kinds are on, how often each strikes, and how often it did. */
export class Faults {
  readonly rates: Record<FaultKind, number>;
  readonly struck: Record<FaultKind, number>;
  readonly #draws: Draws;
  readonly #spared: ReadonlySet<number>;
  readonly #note: (kind: FaultKind, ordinal: number) => void;
  #calm = false;
  #ordinal = 0;

  /** `off` and `spared` (single faults by their number) take away what a seed would bring: so a history is shrunk. */
  constructor(
    seed: number,
    { plain = false, off = [], spared = [] }: { plain?: boolean; off?: readonly FaultKind[]; spared?: readonly number[] },
    note: (kind: FaultKind, ordinal: number) => void,
  ) {
    const plan = new Draws(seed, 'faults on');
    const drawn = kinds.map((kind) => [kind, plan.likely(onMoreOrLess) ? plan.oneOf(faultKinds[kind]) : (plan.share(), 0)] as const);
    const isOff = (kind: FaultKind): boolean => off.includes(kind) || (plain && !kindsOfPlain.includes(kind));
    this.rates = Object.fromEntries(drawn.map(([kind, rate]) => [kind, isOff(kind) ? 0 : rate])) as Record<FaultKind, number>;
    this.struck = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
    this.#draws = new Draws(seed, 'faults');
    this.#spared = new Set(spared);
    this.#note = note;
  }

  /** How many faults there were, struck or spared. */
  get count(): number {
    return this.#ordinal;
  }

  /** From now on nothing goes wrong any more. */
  cease(): void {
    this.#calm = true;
  }

  /** Whether a fault of that kind strikes at this opportunity. */
  strikes(kind: FaultKind): boolean {
    const rate = this.rates[kind];
    if (this.#calm || rate === 0 || !this.#draws.likely(rate)) return false;
    this.#ordinal += 1;
    if (this.#spared.has(this.#ordinal)) return false;
    this.struck[kind] += 1;
    this.#note(kind, this.#ordinal);
    return true;
  }

  /** The first of the kinds that strikes. */
  firstOf(candidates: readonly FaultKind[]): FaultKind | undefined {
    return candidates.find((kind) => this.strikes(kind));
  }

  /** How long something that a fault draws out takes, in milliseconds. */
  between(low: number, high: number): number {
    return this.#draws.between(low, high);
  }
}

/** What of faults the parts of a world ask. */
export type FaultSource = Pick<Faults, 'strikes' | 'firstOf' | 'between' | 'cease' | 'struck' | 'count'>;
