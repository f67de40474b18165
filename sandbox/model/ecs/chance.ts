const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A seeded source of chance: the same seed gives the same draws in the same order (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    return this.#word() / 4_294_967_296;
  }

  /** A whole number from low to high, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Joined, not added up: texts that are added up are kept as trees of their parts, of which a fleet has millions. */
  hex(length: number): string {
    const parts: string[] = [];
    for (let left = length; left > 0; left -= 8) this.#addHex(parts);
    return parts.join('').slice(0, length);
  }

  /** Digits of which the first is not 0, as in ecs-svc/4821930475561029384. */
  digits(length: number): string {
    const first = String(this.between(1, 9));
    const parts = [first];
    for (let left = length - 1; left > 0; left -= 6) parts.push(String(this.between(0, 999_999)).padStart(6, '0'));
    return parts.join('').slice(0, length);
  }

  uuid(): string {
    const text = this.hex(32);
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
  }

  #addHex(parts: string[]): void {
    const word = this.#word();
    for (let shift = 24; shift >= 0; shift -= 8) parts.push(bytes[(word >>> shift) & 255] as string);
  }

  #word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
