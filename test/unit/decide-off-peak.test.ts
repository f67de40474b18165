import { describe, expect, it } from '@jest/globals';
import { leftOf, restoredOf } from '../../lib/decide/off-peak/capacity.ts';
import { decideOffPeak, type OffPeak, type OffPeakFacts, type OffPeakPolicy, type SleepDue } from '../../lib/decide/off-peak/off-peak.ts';
import { resumeSleep } from '../../lib/decide/transitions/sleep.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { ObservedService } from '../../lib/domain/service.ts';
import type { ScalableTarget, Sleep } from '../../lib/domain/sleep.ts';
import { ago, aDeployment, aHead, aService, aTarget, now } from '../fakes/decision-facts.ts';

const on = { in: false, out: false, scheduled: false };
const off = { in: false, out: true, scheduled: true };
const aScalableTarget = (differing: Partial<ScalableTarget> = {}): ScalableTarget => ({ min: 2, max: 8, suspended: on, ...differing });
const asleepTarget = aScalableTarget({ min: 0, suspended: off });

/** A sleep since an hour ago, of a service that had four tasks and scaled by itself. */
const aSleep = (differing: Partial<Sleep> = {}): Sleep => ({
  since: ago(3_600_000),
  reason: { code: 'off-peak', text: 'it is night' },
  state: 'asleep',
  saved: { desired: 4, target: aScalableTarget() },
  left: { desired: 0, target: asleepTarget },
  askedAt: ago(3_590_000),
  ...differing,
});
const { askedAt: _, ...unasked } = aSleep({ state: 'falling-asleep' });
const waking = aSleep({ state: 'waking', wokenTo: 4, askedAt: ago(120_000) });
const overdue = aSleep({ state: 'waking', wokenTo: 4, askedAt: ago(600_000) });

const night: SleepDue = {
  level: 'asleep',
  since: ago(3_600_000),
  until: ago(-3_600_000),
  reason: { code: 'off-peak', text: 'it is night' },
};
const day: SleepDue = { level: 'awake', since: ago(60_000), until: ago(-3_600_000), reason: { code: 'awake-window', text: 'it is day' } };
const ordered: SleepDue = { ...night, reason: { code: 'override', text: 'ada ordered it' } };
const order = { level: 'asleep', since: ago(60_000), actor: 'ada', reason: 'cost' } as const;

const live = (differing: Partial<Head> = {}): Head => aHead({ current: aTarget(), ...differing });
const settled = (differing: Partial<ObservedService> = {}): ObservedService =>
  aService({ state: 'COMPLETED' }, { desiredCount: 4, runningCount: 4, ...differing });
const gone = settled({ desiredCount: 0, runningCount: 0 });

const facts: OffPeakFacts = { head: live(), service: settled(), target: aScalableTarget(), due: night, waitsFor: [] };
const policy: OffPeakPolicy = { asleep: { min: 0, desired: 0 }, mode: 'deploy' };

describe('decideOffPeak', () => {
  it.each<[name: string, action: OffPeak['action'], given: Partial<OffPeakFacts>, policy?: Partial<OffPeakPolicy>]>([
    ['leaves awake what is awake by day', 'stay', { due: day }],
    ['lets it fall asleep at night', 'fall-asleep', {}],
    ['lets it fall asleep without a scalable target', 'fall-asleep', { target: undefined }],
    ['opens a sleep of a service that has nothing', 'fall-asleep', { service: gone }],
    ['tells in mode watch that it would sleep', 'would-sleep', {}, { mode: 'watch' }],
    ['tells it once', 'stay', { head: live({ wouldSleep: aSleep() }) }, { mode: 'watch' }],
    ['tells in mode watch that it would wake', 'would-wake', { head: live({ wouldSleep: aSleep() }), due: day }, { mode: 'watch' }],
    ['tells nothing by day in mode watch', 'stay', { due: day }, { mode: 'watch' }],
    ['refuses a DAEMON service in mode watch too', 'refuse', { service: settled({ daemon: true }) }, { mode: 'watch' }],
    ['wakes in mode watch what slept before', 'wake', { head: live({ sleep: aSleep() }), due: day }, { mode: 'watch' }],
    ['gives back in mode watch what it was about to take', 'wake', { head: live({ sleep: unasked }), service: gone }, { mode: 'watch' }],
    ['ends in mode watch a waking that was begun', 'close', { head: live({ sleep: waking }) }, { mode: 'watch' }],
    ['leaves asleep in mode watch what sleeps', 'stay', { head: live({ sleep: aSleep() }), service: gone }, { mode: 'watch' }],
    ['falls asleep once it no longer only watches', 'fall-asleep', { head: live({ wouldSleep: aSleep() }) }],
    ['refuses a DAEMON service', 'refuse', { service: settled({ daemon: true }) }],
    ['waits a minute after waking, for a read may be older', 'stay', { head: live({ wokenAt: ago(59_999) }) }],
    ['sleeps again a minute after waking', 'fall-asleep', { head: live({ wokenAt: ago(60_000) }) }],
    ['postpones while deploying', 'postpone', { head: aHead() }],
    ['postpones while baking', 'postpone', { head: aHead({ current: aDeployment({ state: 'baking' }) }) }],
    [
      'does not postpone for an untested one',
      'fall-asleep',
      { head: aHead({ current: aDeployment({ state: 'baking', untested: true }) }) },
    ],
    ['postpones while rolling back', 'postpone', { head: aHead({ current: aDeployment({ state: 'rolling-back' }) }) }],
    ['does not postpone for one that failed', 'fall-asleep', { head: aHead({ current: aDeployment({ state: 'failed' }) }) }],
    ['postpones while it is not known what runs', 'postpone', { head: { ...aHead(), current: undefined } as unknown as Head }],
    ['postpones while ECS rolls out', 'postpone', { service: { ...settled(), rollouts: aService().rollouts } }],
    [
      'does not postpone for the rollout of one that failed, which ECS may try for ever',
      'fall-asleep',
      { head: aHead({ current: aDeployment({ state: 'failed' }) }), service: { ...settled(), rollouts: aService().rollouts } },
    ],
    [
      'postpones for a rollout that began after one failed',
      'postpone',
      {
        head: aHead({ current: aDeployment({ state: 'failed', rolloutId: 'ecs-svc/1' }) }),
        service: { ...settled(), rollouts: aService().rollouts },
      },
    ],
    ['goes on with a sleep that was begun', 'resume-sleep', { head: live({ sleep: unasked }) }],
    [
      'goes back to sleep in the middle of waking',
      'resume-sleep',
      { head: live({ sleep: { ...waking, askedAt: ago(59_999) } }), service: gone, target: asleepTarget },
    ],
    ['ends a waking that has all it had before it sleeps again', 'close', { head: live({ sleep: waking }) }],
    [
      'does not sleep again over a deployment that runs since it woke',
      'stay',
      { head: aHead({ sleep: { ...waking, askedAt: ago(59_999) } }), service: settled({ runningCount: 3 }) },
    ],
    ['gives back the rest to what runs a deployment half awake', 'wake', { head: aHead({ sleep: { ...unasked, state: 'waking' } }) }],
    [
      'goes back to sleep where nothing of it runs yet',
      'resume-sleep',
      { head: aHead({ sleep: { ...unasked, state: 'waking' } }), service: gone, target: asleepTarget },
    ],
    [
      'carries an order out by finding it asleep',
      'find-asleep',
      { head: live({ override: order, sleep: aSleep() }), service: gone, due: ordered },
    ],
    ['leaves asleep what sleeps', 'stay', { head: live({ sleep: aSleep() }), service: gone, target: asleepTarget }],
    ['sleeps on while a deployment is under way', 'stay', { head: aHead({ sleep: aSleep() }), service: gone, target: asleepTarget }],
    ['believes no count that may be from before it slept', 'stay', { head: live({ sleep: aSleep({ askedAt: ago(59_999) }) }) }],
    ['leaves what somebody scaled up', 'leave-scaled-up', { head: live({ sleep: aSleep({ askedAt: ago(60_000) }) }) }],
    [
      'leaves what somebody scaled up after an order to sleep was carried out',
      'leave-scaled-up',
      {
        head: live({ sleep: aSleep({ askedAt: ago(300_000) }), override: { ...order, since: ago(360_000), until: ago(-3_600_000) } }),
        due: ordered,
      },
    ],
    ['says so once', 'stay', { head: live({ sleep: aSleep({ scaledUp: { since: ago(60_000), desired: 4 } }) }) }],
    [
      'says so again at another count',
      'leave-scaled-up',
      { head: live({ sleep: aSleep({ scaledUp: { since: ago(60_000), desired: 3 } }) }) },
    ],
    [
      'sees that it was scaled down again',
      'see-scaled-down',
      { head: live({ sleep: aSleep({ scaledUp: { since: ago(1), desired: 4 } }) }), service: gone },
    ],
    [
      'obeys an order that came after it was scaled up',
      'resume-sleep',
      { head: live({ override: order, sleep: aSleep({ scaledUp: { since: ago(60_001), desired: 4 } }) }), due: ordered },
    ],
    [
      'takes no order that came before',
      'stay',
      { head: live({ override: order, sleep: aSleep({ scaledUp: { since: ago(59_999), desired: 4 } }) }), due: ordered },
    ],
    ['wakes by day', 'wake', { head: live({ sleep: aSleep() }), due: day }],
    ['wakes what was about to fall asleep', 'wake', { head: live({ sleep: unasked }), due: day }],
    ['wakes again what was not on record as woken', 'wake', { head: live({ sleep: { ...unasked, state: 'waking' } }), due: day }],
    ['waits for those that wake before it', 'stay', { head: live({ sleep: aSleep() }), due: day, waitsFor: ['production/database'] }],
    [
      'does not wait for them for ever',
      'wake',
      { head: live({ sleep: aSleep() }), due: { ...day, since: ago(900_000) }, waitsFor: ['production/database'] },
    ],
    [
      'does not wait for them where it is awake since no hour: let go of, say',
      'wake',
      {
        head: live({ sleep: aSleep() }),
        due: { level: 'awake', reason: { code: 'let-go', text: 'let go' } },
        waitsFor: ['production/database'],
      },
    ],
    [
      'waits a minute less',
      'stay',
      { head: live({ sleep: aSleep() }), due: { ...day, since: ago(899_999) }, waitsFor: ['production/database'] },
    ],
    ['finds it whole', 'close', { head: live({ sleep: waking }), due: day }],
    ['waits for its tasks', 'stay', { head: live({ sleep: waking }), due: day, service: settled({ runningCount: 3 }) }],
    [
      'believes no count from before it woke',
      'stay',
      { head: live({ sleep: { ...waking, askedAt: ago(59_999) } }), due: day, service: gone },
    ],
    [
      'believes a person who made it smaller since',
      'close',
      { head: live({ sleep: waking }), due: day, service: settled({ desiredCount: 1, runningCount: 1 }) },
    ],
    [
      'tells when they do not come up in time',
      'tell-overdue',
      { head: live({ sleep: overdue }), due: day, service: settled({ runningCount: 3 }) },
    ],
    ['tells it once', 'stay', { head: live({ sleep: { ...overdue, overdue: true } }), due: day, service: settled({ runningCount: 3 }) }],
    ['finds it whole late', 'close', { head: live({ sleep: { ...overdue, overdue: true } }), due: day }],
  ])('%s', (_name, action, given, differing = {}) => {
    expect(decideOffPeak({ ...facts, ...given }, { ...policy, ...differing }, now)).toMatchObject({ action });
  });

  it('saves what there is, and says what is left', () => {
    expect(decideOffPeak(facts, policy, now)).toMatchObject({
      saved: { desired: 4, target: aScalableTarget() },
      left: { desired: 0, target: asleepTarget },
      reason: night.reason,
    });
  });
});

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
      capacity: { desired: 3 },
      changes: [expect.stringMatching(/registered/)],
    });
    expect(restoredOf(sleep, undefined)).toEqual({ capacity: { desired: 4 }, changes: [] });
  });
});

describe('a sleep that is resumed', () => {
  const acting = { by: 'request-1', until: ago(-70_000) };
  const resumed = (target: ScalableTarget) => resumeSleep(waking, restoredOf(waking, target), policy.asleep, acting).change.sleep;

  it('keeps what was saved, whatever AWS tells now', () => {
    expect(resumed(aScalableTarget())).toMatchObject({ state: 'falling-asleep', saved: waking.saved, left: waking.left });
    expect(resumed(aScalableTarget())).not.toHaveProperty('wokenTo');
  });

  it('does not touch the bounds of one that was put below its minimum and has nothing taken', () => {
    const stopped = { desired: 0, target: aScalableTarget() };
    const begun = { ...unasked, saved: stopped, left: stopped };
    expect(resumeSleep(begun, restoredOf(begun, stopped.target), policy.asleep, acting).change.sleep?.left).toEqual(stopped);
  });

  it('keeps a count that was below its minimum', () => {
    const small = { ...waking, saved: { desired: 1, target: aScalableTarget() } };
    expect(resumeSleep(small, restoredOf(small, asleepTarget), policy.asleep, acting).change.sleep?.saved.desired).toBe(1);
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
