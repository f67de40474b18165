import { describe, expect, it } from '@jest/globals';
import { dueAt, isReady } from '../../lib/decide/due.ts';
import type { Head, Waiting } from '../../lib/domain/head.ts';
import { aDeployment, ago, aHead, anEmptyHead, aTarget, aWaiting, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const { rolloutId: _, ...begun } = aDeployment();
const wanted = (ms: number) => aDeployment({ state: 'baking', untested: true, tasksWantedAt: ago(ms) });
const goingBack = (startedMs: number, rolloutId?: string) =>
  aDeployment({
    state: 'rolling-back',
    rollback: { to: 'x', taskDefinition: revision(1), startedAt: ago(startedMs), ...(rolloutId === undefined ? {} : { rolloutId }) },
  });
const asked = aTarget({ oneWay: { digests: [], asked: ['sha256:a'] } });
const owed: Head['owed'] = [{ kind: 'history', deployment: aTarget() }];
const at = (ms: number): string => ago(-ms);
const waitsSince = (minutes: number): Waiting => ({
  ...aWaiting(),
  deployment: { ...aWaiting().deployment, createdAt: ago(minutes * minuteMs) },
});

const letGo: Partial<Head> = { current: asked, obstacle: { code: 'let-go', text: '' } };

describe('dueAt', () => {
  it.each<[name: string, expected: string | undefined, given: Partial<Head>]>([
    ['looks at a rollout every two minutes', at(2 * minuteMs), {}],
    ['looks at its time-out where that is sooner', at(minuteMs), { current: aDeployment({ startedAt: ago(29 * minuteMs) }) }],
    ['looks at once for a rollout that is not on record', at(0), { current: begun }],
    ['looks at a way back every two minutes', at(2 * minuteMs), { current: goingBack(0, 'ecs-svc/3') }],
    ['looks at the way back’s own time-out', at(1), { current: goingBack(30 * minuteMs - 1, 'ecs-svc/3') }],
    ['looks at once for a way back that is not on record', at(0), { current: goingBack(0) }],
    ['looks at the end of a bake', at(minuteMs), { current: aDeployment({ state: 'baking', bakeStartedAt: ago(4 * minuteMs) }) }],
    ['looks at an untested one every quarter of an hour', at(15 * minuteMs), { current: aDeployment({ state: 'baking', untested: true }) }],
    ['looks when tasks of an untested one are to be up', at(minuteMs), { current: wanted(29 * minuteMs) }],
    ['looks every quarter of an hour before', at(15 * minuteMs), { current: wanted(minuteMs) }],
    ['looks every quarter of an hour after', at(15 * minuteMs), { current: wanted(90 * minuteMs) }],
    ['looks at a quiet service every two hours', at(120 * minuteMs), { current: asked }],
    ['looks soon at a live one whose images were not asked for a way back', at(2 * minuteMs), { current: aTarget() }],
    ['looks at a missing service every quarter of an hour', at(15 * minuteMs), { obstacle: { code: 'service-missing', text: '' } }],
    ['pays at once what is owed', at(0), { current: asked, owed }],
    ['asks what waits when its time has come', at(5 * minuteMs), { current: asked, waiting: { 'my-web-app': [aWaiting()] } }],
    [
      'tells at the hour of what waits longer',
      at(minuteMs),
      { current: asked, waiting: { 'my-web-app': [{ ...waitsSince(59), until: at(9 * minuteMs) }] } },
    ],
    [
      'tells it once',
      at(9 * minuteMs),
      {
        current: asked,
        waiting: { 'my-web-app': [{ ...waitsSince(61), until: at(9 * minuteMs), overdue: true }] },
      },
    ],
    ['asks at once what waited for an act that is over', at(0), { current: asked, waiting: { 'my-web-app': [aWaiting({}, 'busy')] } }],
    [
      'looks past the end of a claim, and not before',
      at(1),
      { acting: { by: 'x', until: at(1) }, owed, waiting: { 'my-web-app': [aWaiting({}, 'busy')] } },
    ],
    ['sets work back that keeps failing', at(minuteMs * 4), { trouble: { count: 3, reason: '', until: at(minuteMs * 4) }, owed }],
  ])('%s', (_name, expected, given) => {
    expect(dueAt(aHead(given), aPolicy(), now)).toBe(expected);
  });

  it('looks at once at a service of which nothing is known', () => {
    expect(dueAt(anEmptyHead(), aPolicy(), now)).toBe(at(0));
  });

  it.each<[name: string, expected: string | undefined, given: Partial<Head>]>([
    ['is never for one that is live', undefined, letGo],
    ['is at once while something is owed', at(0), { ...letGo, owed }],
    ['is at its time while something waits', at(5 * minuteMs), { ...letGo, waiting: { 'my-web-app': [aWaiting()] } }],
    ['is as before while a rollout goes on', at(2 * minuteMs), {}],
    ['is as before while it goes back', at(2 * minuteMs), { current: goingBack(0, 'ecs-svc/3') }],
  ])('of a service that is let go %s', (_name, expected, given) => {
    expect(dueAt(aHead(given), aPolicy({ managed: false }), now)).toBe(expected);
  });
});

describe('isReady', () => {
  it.each([
    ['a millisecond before its time', 'too-soon', -1, false],
    ['at its time', 'too-soon', 0, true],
    ['once nobody acts any more', 'busy', -1, true],
  ] as const)('%s', (_name, code, ms, expected) => {
    expect(isReady({ ...aWaiting({}, code), until: ago(ms) }, {}, now)).toBe(expected);
  });

  it('waits for whoever acts', () => {
    expect(isReady(aWaiting({}, 'busy'), { acting: { by: 'x', until: at(1) } }, now)).toBe(false);
  });
});
