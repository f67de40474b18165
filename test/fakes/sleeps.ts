import type { ScalableTarget, Sleep } from '../../lib/domain/sleep.ts';
import { ago } from './decision-facts.ts';

export const on = { in: false, out: false, scheduled: false };
export const off = { in: false, out: true, scheduled: true };
export const aScalableTarget = (differing: Partial<ScalableTarget> = {}): ScalableTarget => ({
  min: 2,
  max: 8,
  suspended: on,
  ...differing,
});
export const asleepTarget = aScalableTarget({ min: 0, suspended: off });

/** A sleep since an hour ago, of a service that had four tasks and scaled by itself. */
export const aSleep = (differing: Partial<Sleep> = {}): Sleep => ({
  since: ago(3_600_000),
  reason: { code: 'off-peak', text: 'it is night' },
  state: 'asleep',
  saved: { desired: 4, target: aScalableTarget() },
  left: { desired: 0, target: asleepTarget },
  askedAt: ago(3_590_000),
  ...differing,
});
const { askedAt: _, ...begun } = aSleep({ state: 'falling-asleep' });
/** Begun, and not on record as taken by AWS. */
export const unasked: Sleep = begun;
export const waking = aSleep({ state: 'waking', wokenTo: 4, askedAt: ago(120_000) });
/** Begun to be woken from nothing, and not on record as woken. */
export const unrecorded: Sleep = { ...unasked, state: 'waking', wokenFrom: 0, wokenTo: 4 };
export const overdue = aSleep({ state: 'waking', wokenTo: 4, askedAt: ago(600_000) });
