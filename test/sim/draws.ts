import { Chance } from '../../sandbox/model/ecs/chance.ts';

/** Seeded draws for one part of the world. Each part has its own, so that one that draws more changes no other. */
export class Draws {
  readonly #chance: Chance;

  constructor(seed: number, part: string) {
    this.#chance = new Chance(mixed(seed, part));
  }

  /** True with the given probability. */
  likely(probability: number): boolean {
    return this.#chance.next() < probability;
  }

  /** A whole number from low to high, both included. */
  between(low: number, high: number): number {
    return this.#chance.between(low, high);
  }

  /** At least 0, below 1. */
  share(): number {
    return this.#chance.next();
  }

  /** One of them. */
  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.#chance.between(0, items.length - 1)] as Item;
  }

  /** One of them, each as often as its weight says. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item {
    let draw = this.#chance.next() * items.reduce((sum, [weight]) => sum + weight, 0);
    const found = items.find(([weight]) => (draw -= weight) < 0) ?? items.at(-1);
    return (found as readonly [number, Item])[1];
  }
}

// FNV-1a over the part's name, so that neighbouring seeds and parts have nothing in common.
function mixed(seed: number, part: string): number {
  let hash = 2_166_136_261;
  for (const character of `${seed} ${part}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}
