import type { Asleep } from '../../domain/schedule.ts';
import type { Capacity, ScalableTarget, Sleep, Suspended } from '../../domain/sleep.ts';

/** What is left of a capacity while it sleeps: never more than there was, nor than its bounds allow. Nothing scales it out meanwhile; in it may, as before. */
export function leftOf({ desired, target }: Capacity, asleep: Asleep): Capacity {
  const left = Math.min(asleep.desired, desired, target?.max ?? desired);
  if (target === undefined) return { desired: left };
  const min = Math.min(asleep.min, left);
  return { desired: left, target: { min, max: target.max, suspended: { ...target.suspended, out: true, scheduled: true } } };
}

/**
 * What a capacity is brought to when it falls asleep. Whoever put the service below its minimum, at 0 say, finds it so in the morning: its
 * bounds are not touched, for AWS lifts the count to a minimum that is set, were it only given back.
 */
export function takenFrom(saved: Capacity, asleep: Asleep): Capacity {
  const left = leftOf(saved, asleep);
  return saved.target !== undefined && saved.desired < saved.target.min && saved.desired === left.desired ? saved : left;
}

/** Whether its bounds are as they were saved: then they are not set, neither when it falls asleep nor when it wakes. */
export function isUnbounded({ saved, left }: Pick<Sleep, 'saved' | 'left'>): boolean {
  return areSame(saved.target, left.target);
}

/** Whether two services scale alike by themselves, or neither does. */
export function areSame(one: ScalableTarget | undefined, other: ScalableTarget | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const switched = (['in', 'out', 'scheduled'] as const).some((name) => one.suspended[name] !== other.suspended[name]);
  return !switched && one.min === other.min && one.max === other.max;
}

export interface Restored {
  capacity: Capacity;
  /** What others changed meanwhile and is left as they made it, a sentence each. */
  changes: string[];
}

/**
 * What a service wakes to: what was saved, but for bounds and switches that are by now neither what was saved nor what falling asleep made of
 * them. Those somebody else set since, and they stay.
 */
export function restoredOf({ saved, left }: Sleep, target: ScalableTarget | undefined): Restored {
  const changes: string[] = [];
  const chosen = <Value>(name: string, was: Value, asleep: Value, now: Value): Value => {
    if (now === was || now === asleep) return was;
    changes.push(`somebody changed ${name} to ${String(now)} while it slept: that stays, and ${String(was)} does not come back`);
    return now;
  };
  if (target === undefined) {
    if (saved.target !== undefined) changes.push('somebody deregistered its scalable target while it slept: it no longer scales by itself');
    return { capacity: { desired: saved.desired }, changes };
  }
  if (saved.target === undefined || left.target === undefined) {
    changes.push('somebody registered a scalable target while it slept: that stays as it is');
    return { capacity: { desired: clamped(saved.desired, target), target }, changes };
  }
  const min = chosen('its minimum', saved.target.min, left.target.min, target.min);
  const max = chosen('its maximum', saved.target.max, left.target.max, target.max);
  const suspended = restoredSwitches(saved.target.suspended, left.target.suspended, target.suspended, chosen);
  const bounds = { min: Math.min(min, max), max: Math.max(min, max), suspended };
  return { capacity: { desired: clamped(saved.desired, bounds), target: bounds }, changes };
}

type Choose = (name: string, was: boolean, asleep: boolean, now: boolean) => boolean;

function restoredSwitches(saved: Suspended, left: Suspended, now: Suspended, choose: Choose): Suspended {
  return {
    in: choose('whether scaling in is suspended', saved.in, left.in, now.in),
    out: choose('whether scaling out is suspended', saved.out, left.out, now.out),
    scheduled: choose('whether scheduled scaling is suspended', saved.scheduled, left.scheduled, now.scheduled),
  };
}

/** A count as AWS brings it within bounds. */
export function clamped(desired: number, { min, max }: ScalableTarget): number {
  return Math.min(Math.max(desired, min), max);
}
