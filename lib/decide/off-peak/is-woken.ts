import { areSame, clamped, isUnbounded, type Restored } from './capacity.ts';
import type { ObservedService } from '../../domain/service.ts';
import type { ScalableTarget, Sleep } from '../../domain/sleep.ts';

/**
 * Whether a waking that is not on record took effect all the same: done again, it would undo what others set since. Bounds are given back first, and AWS
 * brings a count within bounds that are set: one that was only brought there may be from before the count was given back.
 */
export function isWoken(
  sleep: Sleep,
  { desiredCount }: ObservedService,
  target: ScalableTarget | undefined,
  { capacity }: Restored,
): boolean {
  const { saved, left, wokenFrom, wokenTo = saved.desired } = sleep;
  const bounded = capacity.target === undefined || isUnbounded(sleep) || areSame(target, capacity.target);
  if (!bounded || wokenFrom === undefined) return false;
  if (saved.desired === left.desired || wokenFrom === wokenTo || desiredCount === wokenTo) return true;
  const before = [undefined, target, saved.target].map((bounds) => (bounds === undefined ? wokenFrom : clamped(wokenFrom, bounds)));
  return !before.includes(desiredCount);
}
