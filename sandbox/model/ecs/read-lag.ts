import { Chance } from './chance.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * By how much reads lag behind writes. What is read has chances of its own, by name: neither how often it is read nor in which order changes
 * what else happens.
 */
export class ReadLag {
  readonly #surroundings: Pick<Surroundings, 'agenda'>;
  readonly #seed: number;
  readonly #chances = new Map<string, Chance>();
  /** The oldest state that a read may see, in milliseconds; 0: every read sees the present. */
  readonly oldestMs: number;

  constructor(surroundings: Pick<Surroundings, 'agenda'>, seed: number, oldestMs: number) {
    this.#surroundings = surroundings;
    this.#seed = seed;
    this.oldestMs = oldestMs;
  }

  now(): number {
    return nowMs(this.#surroundings);
  }

  /** The moment that the next read under this name sees. */
  seenMs(name: string): number {
    return this.now() - this.#chanceOf(name).between(0, this.oldestMs);
  }

  #chanceOf(name: string): Chance {
    const known = this.#chances.get(name);
    if (known !== undefined) return known;
    const chance = new Chance(this.#seed + hashOf(name));
    this.#chances.set(name, chance);
    return chance;
  }
}

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
