import { describe, expect, it } from '@jest/globals';
import { amongFleet, failingOf, outdatedFailing } from '../../lib/decide/fleet-incident.ts';
import type { Verdict } from '../../lib/decide/verdict.ts';
import type { Failing } from '../../lib/domain/failing.ts';
import { ago, aDeployment, now } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const guilty: Verdict = { action: 'condemn', reason: { code: 'task-failures', text: '3 of its tasks failed' }, row: 45, lastStop: ago(1) };
const one = (service: string, digests = [`sha256:${service}`], ms = minuteMs): Failing => ({ service, at: ago(ms), digests });
const own = one('production/web');

describe('amongFleet', () => {
  it.each<[name: string, action: string, fleet: Failing[]]>([
    ['condemns one that fails alone', 'condemn', [own]],
    ['condemns while two fail', 'condemn', [own, one('a')]],
    ['takes three on different images for an incident', 'incident', [own, one('a'), one('b')]],
    ['takes any service once', 'condemn', [own, one('a'), { ...own, at: ago(1) }]],
    ['condemns what shares the image with the others', 'condemn', [own, one('a', own.digests), one('b', own.digests)]],
    ['condemns where two of three share an image', 'condemn', [own, one('a', ['x', 'y']), one('b', ['y', 'z'])]],
    ['counts those that differ, whatever a fourth shares', 'incident', [own, one('a', ['x', 'y']), one('b', ['x']), one('c', ['y'])]],
    ['counts a verdict exactly as old as its window', 'incident', [own, one('a'), one('b', ['b'], 120 * minuteMs)]],
    ['leaves out one a millisecond older', 'condemn', [own, one('a'), one('b', ['b'], 120 * minuteMs + 1)]],
  ])('%s', (_name, action, fleet) => {
    expect(amongFleet(guilty, own, fleet, aPolicy(), now).action).toBe(action);
  });

  it('names the services that fail with it', () => {
    expect(amongFleet(guilty, own, [one('b'), own, one('a')], aPolicy(), now)).toEqual({
      action: 'incident',
      reason: { code: 'incident', text: '3 of its tasks failed. So did those of 2 other services on other images: a, b' },
      among: [own, one('a'), one('b')],
    });
  });

  it('leaves a verdict that condemns nothing as it is', () => {
    const stay: Verdict = { action: 'stay', reason: 'too few' };
    expect(amongFleet(stay, own, [own, one('a'), one('b')], aPolicy(), now)).toBe(stay);
  });
});

describe('failingOf', () => {
  const live = aDeployment({ state: 'live' });
  it.each<[name: string, failing: Failing | undefined, verdict: Verdict, current: ReturnType<typeof aDeployment>]>([
    ['is what a live one runs, since its last stop', { service: 'production/web', at: ago(1), digests: ['sha256:b'] }, guilty, live],
    [
      'is the deployment itself where no image is known',
      { service: 'production/web', at: ago(1), digests: ['deployment-2'] },
      guilty,
      { ...live, images: {} },
    ],
    ['is nothing of one in flight, which has an old revision to be compared with', undefined, guilty, aDeployment()],
    ['is nothing of a verdict that condemns nothing', undefined, { action: 'stay', reason: 'too few' }, live],
  ])('%s', (_name, failing, verdict, current) => {
    expect(failingOf(verdict, current)).toEqual(failing);
  });
});

describe('outdatedFailing', () => {
  it('is what the widest window of any configuration does not reach, by a millisecond', () => {
    const outdated = one('a', ['a'], 1440 * minuteMs + 1);
    expect(outdatedFailing([one('b', ['b'], 1440 * minuteMs), outdated], now)).toEqual([outdated]);
  });
});
