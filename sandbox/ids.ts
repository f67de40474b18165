import { createHash } from 'node:crypto';

/** A number for a text, the same each time: the seed of a source of chance. */
export function seedNumber(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

/** Ids that look as random as AWS's and come again in the same order in every run. */
export class Ids {
  #count = 0;
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** So many hexadecimal digits, at most 64. */
  hex(length: number): string {
    return createHash('sha256').update(`${this.#seed}:${this.#count++}`).digest('hex').slice(0, length);
  }

  uuid(): string {
    const hex = this.hex(32);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
  }
}
