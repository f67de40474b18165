import type { Capacity } from '../../../lib/domain/sleep.ts';

/** Bounds and switches by name, so that each can be followed for itself. */
export const fields = ['min', 'max', 'in', 'out', 'scheduled'] as const;
export type Field = (typeof fields)[number];

/** One of them; undefined where it does not scale by itself. */
export function fieldOf({ target }: Capacity, field: Field): number | boolean | undefined {
  if (target === undefined) return undefined;
  return field === 'min' || field === 'max' ? target[field] : target.suspended[field];
}

/** A desired count as bounds let it be. */
export function within(desired: number, { target }: Capacity): number {
  return target === undefined ? desired : Math.min(Math.max(desired, target.min), target.max);
}
