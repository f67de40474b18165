import { describe, expect, it } from '@jest/globals';
import { decideOffPeak, type OffPeak, type OffPeakFacts, type OffPeakPolicy, type SleepDue } from '../../lib/decide/off-peak/off-peak.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { ObservedService } from '../../lib/domain/service.ts';
import { ago, aDeployment, aHead, aService, aTarget, now } from '../fakes/decision-facts.ts';
import { aScalableTarget, aSleep, asleepTarget, overdue, unasked, unrecorded, waking } from '../fakes/sleeps.ts';

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
const policy: OffPeakPolicy = { asleep: { min: 0, desired: 0 }, mode: 'deploy', managed: true };

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
    ['acts no more on a waking that took effect', 'find-woken', { head: live({ sleep: unrecorded }), due: day }],
    [
      'leaves the count that somebody set since it was given back',
      'find-woken',
      { head: live({ sleep: unrecorded }), due: day, service: settled({ desiredCount: 1 }) },
    ],
    ['gives back a count that is as it was', 'wake', { head: live({ sleep: unrecorded }), due: day, service: gone }],
    [
      'gives back less than somebody gave it meanwhile',
      'wake',
      { head: live({ sleep: { ...unrecorded, wokenFrom: 5 } }), due: day, service: settled({ desiredCount: 5 }) },
    ],
    [
      'gives back a count that AWS lifted to its minimum',
      'wake',
      { head: live({ sleep: unrecorded }), due: day, service: settled({ desiredCount: 2 }) },
    ],
    ['gives back bounds that are those of its sleep', 'wake', { head: live({ sleep: unrecorded }), due: day, target: asleepTarget }],
    [
      'believes a waking from the count that it had before',
      'find-woken',
      { head: live({ sleep: { ...unrecorded, wokenFrom: 4 } }), due: day, service: settled({ desiredCount: 1 }) },
    ],
    ['finds it whole', 'close', { head: live({ sleep: waking }), due: day }],
    [
      'waits no more for the tasks of one that is let go of, once that was told',
      'close',
      { head: live({ sleep: { ...overdue, overdue: true } }), due: day, service: settled({ runningCount: 3 }) },
      { managed: false },
    ],
    [
      'waits on for those of any other',
      'stay',
      { head: live({ sleep: { ...overdue, overdue: true } }), due: day, service: settled({ runningCount: 3 }) },
    ],
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
