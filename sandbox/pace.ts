/** Reads the real clock, in milliseconds from any beginning. */
export type RealTime = () => number;

const timerMsMax = 2 ** 31 - 1;

/** How sandbox time may follow real time: so many sandbox seconds a real second at most, counted from where it last stood. */
export class Pace {
  #speed: number;
  #anchor: { realMs: number; sandboxMs: number };
  readonly #realTime: RealTime;

  constructor(speed: number, start: Date, realTime: RealTime) {
    this.#realTime = realTime;
    this.#anchor = { realMs: realTime(), sandboxMs: start.getTime() };
    this.#speed = checked(speed);
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = checked(speed);
  }

  /** Counts from this moment of sandbox time on: what passed in real time until now is forgotten. */
  beginAt(moment: Date): void {
    this.#anchor = { realMs: this.#realTime(), sandboxMs: moment.getTime() };
  }

  /** How far sandbox time may have moved by now; undefined where nothing limits it. */
  limit(): Date | undefined {
    if (this.#speed === Infinity) return undefined;
    const { realMs, sandboxMs } = this.#anchor;
    return new Date(sandboxMs + Math.floor((this.#realTime() - realMs) * this.#speed));
  }

  /** Real milliseconds until a moment of sandbox time may come; undefined where time stands still. */
  delayUntil(moment: Date): number | undefined {
    if (this.#speed === 0) return undefined;
    const aheadMs = moment.getTime() - (this.limit() ?? moment).getTime();
    return Math.min(Math.max(1, Math.ceil(aheadMs / this.#speed)), timerMsMax);
  }
}

function checked(speed: number): number {
  if (!(speed >= 0)) throw new RangeError(`A speed is 0 or more; found ${speed}`);
  return speed;
}
