import type { FaultKind } from './faults.ts';
import { runWorld, type WorldEnd, type WorldOptions } from './world.ts';

/** What a history is without. */
export type Left = Required<Pick<WorldOptions, 'plain' | 'nights' | 'hardships' | 'off' | 'spared' | 'without'>>;

export interface Shrunk {
  end: WorldEnd;
  left: Left;
  /** How many shorter histories were tried. */
  tried: number;
  /** Whether leaving out any single action or fault more no longer breaks the rule; false where that took too many tries. */
  minimal: boolean;
  /** What could not be left out. */
  kept: string;
}

const triesMax = 5_000;

/** Runs a history; the world's own, or a test's. */
export type Run = (seed: number, options: WorldOptions) => Promise<WorldEnd>;

/** Leaves out kinds of faults, actions and single faults until leaving out any more no longer breaks the same rule; answers that history, traced. */
export async function shrink(
  seed: number,
  { plain = false, nights = false, hardships = false }: Pick<WorldOptions, 'plain' | 'nights' | 'hardships'> = {},
  run: Run = runWorld,
): Promise<Shrunk> {
  const whole = { plain, nights, hardships };
  const shrinking = new Shrinking(seed, await run(seed, whole), { ...whole, off: [], spared: [], without: [] }, run);
  await shrinking.dropKinds();
  while ((await shrinking.dropActions()) || (await shrinking.dropFaults())); // What one needed the other may have been needed for.
  const { left, tried } = shrinking;
  const end = await run(seed, { ...left, trace: true });
  const kinds = Object.entries(end.struck).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []));
  const actions = actionsLeft(end).map((index) => JSON.stringify(end.actions[index]?.action));
  return { end, left, tried, minimal: tried < triesMax, kept: [...actions, ...kinds].join('; ') };
}

/** The actions of a history that happen before it ends, by place in the script. */
export function actionsLeft({ actions, simulatedMs }: WorldEnd): number[] {
  return actions.flatMap(({ atMs }, index) => (atMs <= simulatedMs ? [index] : []));
}

/** The single faults that struck in a history, by number. */
export function faultsLeft({ faults }: WorldEnd, { spared }: Left): number[] {
  return Array.from({ length: faults }, (_, index) => index + 1).filter((ordinal) => !spared.includes(ordinal));
}

class Shrinking {
  readonly #seed: number;
  readonly #run: Run;
  readonly #rule: string | undefined;
  #end: WorldEnd;
  left: Left;
  tried = 0;

  constructor(seed: number, whole: WorldEnd, left: Left, run: Run) {
    this.#seed = seed;
    this.#run = run;
    this.#rule = whole.broken?.rule;
    this.#end = whole;
    this.left = left;
  }

  async dropKinds(): Promise<void> {
    for (const kind of Object.keys(this.#end.struck) as FaultKind[])
      if (this.#end.struck[kind] > 0) await this.#attempt({ ...this.left, off: [...this.left.off, kind] });
  }

  /** Whether any could be dropped. */
  dropActions(): Promise<boolean> {
    return dropEach(actionsLeft(this.#end), (indexes) => this.#attempt({ ...this.left, without: [...this.left.without, ...indexes] }));
  }

  /** Whether any could be dropped. Of a shorter history later faults have other numbers: the next round asks of those that it has. */
  dropFaults(): Promise<boolean> {
    const struck = faultsLeft(this.#end, this.left);
    return dropEach(struck, (ordinals) => this.#attempt({ ...this.left, spared: [...this.left.spared, ...ordinals] }));
  }

  async #attempt(next: Left): Promise<boolean> {
    if (this.tried >= triesMax) return false;
    this.tried += 1;
    const end = await this.#run(this.#seed, next);
    if (end.broken?.rule !== this.#rule) return false;
    this.left = next;
    this.#end = end;
    return true;
  }
}

/** Tries to drop halves, quarters and so on down to single ones; answers whether any was. */
async function dropEach(all: number[], drop: (some: number[]) => Promise<boolean>): Promise<boolean> {
  let rest = all;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < rest.length;) {
      const part = rest.slice(from, from + size);
      if (await drop(part)) rest = rest.filter((one) => !part.includes(one));
      else from += size;
    }
  }
  return rest.length < all.length;
}
