import { installedAt } from './place.ts';

/** What happened, a line each. A world that is not traced keeps a hash of nothing and costs nothing. */
export class Trace {
  readonly lines: string[] = [];
  readonly on: boolean;
  #now: () => number = () => 0;

  constructor(on: boolean) {
    this.on = on;
  }

  /** Told once, by the world that it traces. */
  tellTime(now: () => number): void {
    this.#now = now;
  }

  /** The text is made only where somebody reads it. */
  note(text: () => string): void {
    if (this.on) this.lines.push(`${clockOf(this.#now())}  ${text()}`);
  }
}

/** Minutes, seconds and milliseconds since the product was installed. */
export function clockOf(atMs: number): string {
  const ms = atMs - installedAt.getTime();
  const [minutes, rest] = [Math.floor(ms / 60_000), ((ms % 60_000) + 60_000) % 60_000];
  return `${String(minutes).padStart(4)}:${(rest / 1000).toFixed(3).padStart(6, '0')}`;
}
