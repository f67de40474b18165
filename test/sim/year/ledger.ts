import type { Head } from '../../../lib/domain/head.ts';
import type { Capacity, ScalableTarget, Sleep } from '../../../lib/domain/sleep.ts';
import type { Truth } from '../judges/judge.ts';
import { capacityOf } from '../nights/capacity.ts';
import { fieldOf, fields, within } from '../nights/fields.ts';
import { minuteMs } from '../place.ts';

/** So long before and after a change of ours nobody can say whose a count is. */
const unclearMs = 3 * minuteMs;

/** What a service is to have by day, and what others gave it for this night. */
export interface Entry {
  own: Capacity;
  /** Somebody set a count while it slept, which holds until it wakes. */
  raisedTo: number | undefined;
  /** When somebody changed something so close to a step of ours that either may hold: found out when it is next awake. */
  unclear: boolean;
}

/** What each service has by day, kept by what others do to it: the product is asked for nothing but whether a sleep stands in the head. */
export class Ledger {
  readonly #truth: Truth;
  readonly #entries = new Map<string, Entry>();
  readonly #steppedMs = new Map<string, number>();

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  of(service: string): Entry {
    const known = this.#entries.get(service);
    if (known !== undefined) return known;
    const entry: Entry = { own: capacityOf(this.#truth, service), raisedTo: undefined, unclear: false };
    this.#entries.set(service, entry);
    return entry;
  }

  /** Somebody else changed what a service has. */
  changed(service: string, before: Capacity, after: Capacity): void {
    const entry = this.#entries.get(service) ?? { own: before, raisedTo: undefined, unclear: false };
    this.#entries.set(service, entry);
    const { sleep } = this.#truth.table.heads.get(service) ?? {};
    if (this.#isClose(service)) entry.unclear = true;
    if (sleep === undefined) entry.own = after;
    else if (sleep.state === 'asleep') this.#atNight(entry, before, after, sleep);
    else entry.unclear = true;
  }

  /** A step of ours: changes that come too close to it are nobody's. */
  stepped(service: string, before: Head | undefined, after: Head): void {
    if (before?.sleep?.state === after.sleep?.state) return;
    const entry = this.of(service);
    const { saved, left } = before?.sleep ?? {};
    // Where nothing was taken, nothing is given back: what somebody made of it by then stays.
    if (after.sleep?.state === 'waking' && saved?.desired === left?.desired && entry.raisedTo !== undefined)
      entry.own = { ...entry.own, desired: entry.raisedTo };
    entry.raisedTo = undefined;
    // Somebody may have put it below its minimum: AWS lifts it to that as soon as it has its bounds back.
    if (after.sleep === undefined && saved?.desired !== left?.desired)
      entry.own = { ...entry.own, desired: within(entry.own.desired, entry.own) };
    this.#steppedMs.set(service, this.#truth.now());
  }

  /** From now on it is as it is found: what nobody could say before. */
  settle(service: string): void {
    this.#entries.set(service, { own: capacityOf(this.#truth, service), raisedTo: undefined, unclear: false });
  }

  #isClose(service: string): boolean {
    return this.#truth.now() - (this.#steppedMs.get(service) ?? -Infinity) < unclearMs;
  }

  #atNight(entry: Entry, before: Capacity, after: Capacity, sleep: Sleep): void {
    const { left } = sleep;
    if (after.desired !== before.desired) entry.raisedTo = after.desired;
    const { target } = entry.own;
    if (target === undefined || after.target === undefined) return;
    const kept: ScalableTarget = { ...target, suspended: { ...target.suspended } };
    for (const field of fields) {
      const [was, is] = [fieldOf(before, field), fieldOf(after, field)];
      if (was === is) continue;
      if (is === fieldOf(left, field) || is === fieldOf(entry.own, field))
        entry.unclear = true; // It cannot be told from what is there anyway.
      else if (field === 'min' || field === 'max') kept[field] = is as number;
      else kept.suspended[field] = is as boolean;
    }
    entry.own = { desired: within(entry.own.desired, { desired: 0, target: kept }), target: kept };
  }
}
