/** The clock of a model: what time it is, and what is to happen when. Handed in everywhere; nothing below sandbox/model reads another clock. */
export interface Agenda {
  now(): Date;
  /** Runs something at a moment, or at once on the next step where that has passed. Answers how to call it off. */
  at(when: Date, run: () => void): () => void;
}

interface Entry {
  atMs: number;
  order: number;
  /** Undefined where it was called off. */
  run: (() => void) | undefined;
}

/** An agenda whose time moves only when it is told to: in order of time, and of entry where times are equal. */
export class SteppedAgenda implements Agenda {
  #nowMs: number;
  #order = 0;
  #entries: Entry[] = []; // A binary heap: the earliest entry first.

  constructor(start: Date) {
    this.#nowMs = start.getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  at(when: Date, run: () => void): () => void {
    const entry: Entry = { atMs: Math.max(when.getTime(), this.#nowMs), order: this.#order++, run };
    push(this.#entries, entry);
    return () => {
      entry.run = undefined;
    };
  }

  /** When the next entry is due; undefined when nothing is left. */
  next(): Date | undefined {
    this.#dropCancelled();
    const entry = this.#entries[0];
    return entry && new Date(entry.atMs);
  }

  /** Moves time to the next entry and runs it, if it is due by the limit. False: nothing was due, and time stands where it stood. */
  step(limit: Date): boolean {
    this.#dropCancelled();
    const entry = this.#entries[0];
    if (entry === undefined || entry.atMs > limit.getTime()) return false;
    pop(this.#entries);
    this.#nowMs = entry.atMs;
    entry.run?.();
    return true;
  }

  /** Moves time to a moment, running everything due up to it, what is added meanwhile included. */
  runUntil(moment: Date): void {
    while (this.step(moment));
    this.moveTo(moment);
  }

  /** Sets the time where nothing is due before; never backwards. */
  moveTo(moment: Date): void {
    this.#nowMs = Math.max(this.#nowMs, moment.getTime());
  }

  #dropCancelled(): void {
    for (let entry = this.#entries[0]; entry !== undefined && entry.run === undefined; entry = this.#entries[0]) pop(this.#entries);
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  heap.push(entry);
  for (let i = heap.length - 1; i > 0;) {
    const parent = (i - 1) >> 1;
    if (!before(heap[i] as Entry, heap[parent] as Entry)) return;
    [heap[i], heap[parent]] = [heap[parent] as Entry, heap[i] as Entry];
    i = parent;
  }
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let i = 0; ;) {
    const [left, right] = [2 * i + 1, 2 * i + 2];
    let least = i;
    if (left < heap.length && before(heap[left] as Entry, heap[least] as Entry)) least = left;
    if (right < heap.length && before(heap[right] as Entry, heap[least] as Entry)) least = right;
    if (least === i) return;
    [heap[i], heap[least]] = [heap[least] as Entry, heap[i] as Entry];
    i = least;
  }
}
