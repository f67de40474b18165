import { describe, expect, it } from '@jest/globals';
import { leftOf, restoredOf } from '../../lib/decide/off-peak/capacity.ts';
import { resumeSleep } from '../../lib/decide/transitions/sleep.ts';
import type { ScalableTarget, Sleep } from '../../lib/domain/sleep.ts';
import { ago } from '../fakes/decision-facts.ts';
import { aScalableTarget, aSleep, asleepTarget, off, on, unasked, waking } from '../fakes/sleeps.ts';

const asleep = { min: 0, desired: 0 };

describe('leftOf', () => {
  it.each<[name: string, had: number, target: ScalableTarget | undefined, asleep: [min: number, desired: number], left: object]>([
    ['nothing', 4, undefined, [0, 0], { desired: 0 }],
    ['some tasks', 4, undefined, [1, 1], { desired: 1 }],
    ['no more than there was', 1, aScalableTarget({ min: 1 }), [2, 3], { desired: 1, target: { min: 1, max: 8, suspended: off } }],
    ['no more than its bounds allow', 6, aScalableTarget({ max: 4 }), [5, 5], { desired: 4, target: { min: 4, max: 4, suspended: off } }],
    ['a least of its own', 4, aScalableTarget(), [0, 1], { desired: 1, target: { min: 0, max: 8, suspended: off } }],
    [
      'what was suspended before',
      4,
      aScalableTarget({ suspended: { in: true, out: false, scheduled: true } }),
      [0, 0],
      { target: { suspended: { in: true, out: true, scheduled: true } } },
    ],
  ])('leaves %s', (_name, desired, target, [min, count], left) => {
    expect(leftOf({ desired, ...(target && { target }) }, { min, desired: count })).toMatchObject(left);
  });
});

const restored = (target: ScalableTarget | undefined, sleep = aSleep()) => restoredOf(sleep, target);

describe('restoredOf', () => {
  const whole = { desired: 4, target: aScalableTarget() };

  it.each<[name: string, target: ScalableTarget, sleep?: Partial<Sleep>]>([
    ['what sleeps', asleepTarget],
    ['what fell asleep half', aScalableTarget()],
    ['what woke half', aScalableTarget({ suspended: off })],
  ])('brings back %s as it was', (_name, target, sleep = {}) => {
    expect(restored(target, aSleep(sleep))).toEqual({ capacity: whole, changes: [] });
  });

  it.each<[name: string, target: ScalableTarget, capacity: object, change: RegExp]>([
    [
      'a minimum',
      { ...asleepTarget, min: 3 },
      { desired: 4, target: { min: 3, max: 8, suspended: on } },
      /its minimum to 3 .* and 2 does not come back/,
    ],
    ['a minimum above the count', { ...asleepTarget, min: 5 }, { desired: 5, target: { min: 5, max: 8, suspended: on } }, /minimum to 5/],
    ['a maximum below the count', { ...asleepTarget, max: 3 }, { desired: 3, target: { min: 2, max: 3, suspended: on } }, /maximum to 3/],
    [
      'a switch',
      { ...asleepTarget, suspended: { ...off, in: true } },
      { desired: 4, target: { suspended: { ...on, in: true } } },
      /scaling in is suspended to true/,
    ],
  ])('respects %s that somebody changed', (_name, target, capacity, change) => {
    const found = restored(target);
    expect(found.capacity).toMatchObject(capacity);
    expect(found.changes).toEqual([expect.stringMatching(change)]);
  });

  it('brings back the count alone where there is no scalable target any more', () => {
    expect(restored(undefined)).toEqual({ capacity: { desired: 4 }, changes: [expect.stringMatching(/deregistered/)] });
  });

  it('leaves a scalable target that is new, and keeps within it', () => {
    const sleep = aSleep({ saved: { desired: 4 }, left: { desired: 0 } });
    expect(restored(aScalableTarget({ max: 3 }), sleep)).toEqual({
      capacity: { desired: 3, target: aScalableTarget({ max: 3 }) },
      changes: [expect.stringMatching(/registered/)],
    });
    expect(restoredOf(sleep, undefined)).toEqual({ capacity: { desired: 4 }, changes: [] });
  });
});

describe('a sleep that is resumed', () => {
  const acting = { by: 'request-1', until: ago(-70_000) };
  const resumed = (target: ScalableTarget) => resumeSleep(waking, restoredOf(waking, target), asleep, acting).change.sleep;

  it('keeps what was saved, whatever AWS tells now', () => {
    expect(resumed(aScalableTarget())).toMatchObject({ state: 'falling-asleep', saved: waking.saved, left: waking.left });
    expect(resumed(aScalableTarget())).not.toHaveProperty('wokenTo');
  });

  it('does not touch the bounds of one that was put below its minimum and has nothing taken', () => {
    const stopped = { desired: 0, target: aScalableTarget() };
    const begun = { ...unasked, saved: stopped, left: stopped };
    expect(resumeSleep(begun, restoredOf(begun, stopped.target), asleep, acting).change.sleep?.left).toEqual(stopped);
  });

  it('holds down with the count a scalable target that somebody registered since', () => {
    const begun: Sleep = { ...unasked, saved: { desired: 4 }, left: { desired: 0 } };
    const again = resumeSleep(begun, restoredOf(begun, aScalableTarget({ max: 6 })), asleep, acting).change.sleep;
    expect(again).toMatchObject({
      saved: { desired: 4, target: { min: 2, max: 6, suspended: on } },
      left: { desired: 0, target: { min: 0, max: 6, suspended: off } },
    });
  });

  it('keeps a count that was below its minimum', () => {
    const small = { ...waking, saved: { desired: 1, target: aScalableTarget() } };
    expect(resumeSleep(small, restoredOf(small, asleepTarget), asleep, acting).change.sleep?.saved.desired).toBe(1);
  });

  it('keeps a count that is above a maximum set since, for that may be raised again', () => {
    expect(resumed(aScalableTarget({ max: 3 }))).toMatchObject({ saved: { desired: 4, target: { max: 3 } } });
  });

  it('keeps what others set since', () => {
    expect(resumed(aScalableTarget({ max: 6 }))).toMatchObject({
      saved: { desired: 4, target: { min: 2, max: 6, suspended: on } },
      left: { desired: 0, target: { min: 0, max: 6, suspended: off } },
      changes: [expect.stringMatching(/maximum to 6/)],
    });
  });
});
