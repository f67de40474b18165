import { isDeepStrictEqual } from 'node:util';
import type { Head } from '../../../lib/domain/head.ts';
import type { Capacity, Sleep } from '../../../lib/domain/sleep.ts';
import type { Truth } from '../judges/judge.ts';
import { blindMs } from '../judges/running.ts';
import type { Observation, OurScaling } from '../observation.ts';
import type { Process } from '../process.ts';
import { capacityOf } from './capacity.ts';

/** What somebody else changed while a sleep stood in the head. */
export interface Change {
  atMs: number;
  before: Capacity;
  after: Capacity;
}

/** A call of ours that took effect, and whose. */
export interface Effect extends Pick<OurScaling, 'call' | 'before' | 'after'> {
  atMs: number;
  by: Process;
}

/** One sleep, from the write that saved what there was to the one that struck it out, as it truly went. */
export interface Slept {
  /** As it was written first. */
  first: Sleep;
  /** What somebody changed while it was read and not yet written: what was saved is from before it. */
  unseen: Change[];
  changes: Change[];
  effects: Effect[];
  /** When it was first taken in order to be woken, since it last fell asleep. */
  wakingMs?: number;
}

interface Had {
  fromMs: number;
  capacity: Capacity;
}

/** What each service has of its own: what was there while no sleep stood in its head. Judges compare it with what is saved and given back. */
export class Kept {
  readonly #truth: Truth;
  readonly #had = new Map<string, Had[]>();
  readonly #slept = new Map<string, Slept>();

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** The sleep that stands in the head of a service. */
  sleepOf(service: string): Slept | undefined {
    return this.#slept.get(service);
  }

  /** Whatever it may have found that a process read of a service that was awake. */
  seenBy(service: string, by: Process): Capacity[] {
    const had = this.#had.get(service) ?? [this.#now(service, -Infinity)];
    const fromMs = by.startedMs - blindMs;
    return had.filter((_, index) => (had[index + 1]?.fromMs ?? Infinity) >= fromMs).map(({ capacity }) => capacity);
  }

  /** Takes what happened; to be told of everything, after the judge had its say. */
  watch(seen: Observation): void {
    if (seen.kind === 'capacity') this.#changed(seen.service, seen.before, seen.after);
    if (seen.kind === 'scaled') {
      const { service, call, before, after } = seen.scaled;
      this.#slept.get(service)?.effects.push({ call, before, after, atMs: this.#truth.now(), by: seen.by });
    }
    if (seen.kind === 'head') this.#written(seen.before, seen.after);
  }

  #changed(service: string, before: Capacity, after: Capacity): void {
    const atMs = this.#truth.now();
    const slept = this.#slept.get(service);
    if (slept !== undefined) return void slept.changes.push({ atMs, before, after });
    const had = this.#had.get(service) ?? [{ fromMs: -Infinity, capacity: before }];
    this.#had.set(service, [...had.slice(-20), { fromMs: atMs, capacity: after }]);
  }

  #written(before: Head | undefined, { service, sleep }: Head): void {
    const slept = this.#slept.get(service);
    if (sleep !== undefined && slept === undefined)
      this.#slept.set(service, { first: sleep, unseen: this.#unseen(service, sleep), changes: [], effects: [] });
    if (slept !== undefined && sleep?.state === 'waking' && before?.sleep?.state !== 'waking') slept.wakingMs ??= this.#truth.now();
    if (slept !== undefined && sleep?.state === 'falling-asleep') delete slept.wakingMs; // It is woken anew: what others set by then was set asleep.
    if (sleep !== undefined || slept === undefined) return;
    this.#slept.delete(service);
    this.#had.set(service, [this.#now(service, this.#truth.now())]);
  }

  // Whether anybody can have read what is saved is for the judge of that.
  #unseen(service: string, { saved }: Sleep): Change[] {
    const { fromMs, capacity } = this.#had.get(service)?.at(-1) ?? this.#now(service, this.#truth.now());
    return isDeepStrictEqual(capacity, saved) ? [] : [{ atMs: fromMs, before: saved, after: capacity }];
  }

  #now(service: string, fromMs: number): Had {
    return { fromMs, capacity: capacityOf(this.#truth, service) };
  }
}
