import { describe, expect, it } from '@jest/globals';
import { adoptExternal, externalId, failExternal, mayBeTakenUp, takeUp, type ExternalRollout } from '../../lib/decide/transitions/adopt.ts';
import { beginBake, followAnew, goLive, recordRollout } from '../../lib/decide/transitions/rollout.ts';
import { enter } from '../../lib/decide/transitions/transition.ts';
import type { Deployment, DeploymentState } from '../../lib/domain/deployment.ts';
import { aDeployment, ago, aHead, anEmptyHead, aRollout, aService, aTarget, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const at = now.toISOString();
const reason = { code: 'external', text: 'somebody else did' } as const;
const states = (deployments: Deployment[]): string[] => deployments.map(({ id, state }) => `${id} ${state}`);

describe('enter', () => {
  it('keeps the last fifty steps of a timeline', () => {
    const long = Array.from({ length: 50 }, () => ({ at: ago(1), state: 'waiting', reason }) as const);
    const { timeline } = enter(aDeployment({ timeline: long }), 'deploying', reason, now);
    expect([timeline.length, timeline.at(-1)]).toEqual([50, { at, state: 'deploying', reason }]);
  });
});

describe('recordRollout', () => {
  it('writes down what carries it out, gives the service free, and tells nobody', () => {
    const { change, told, quiet } = recordRollout(aDeployment(), aRollout({ id: 'ecs-svc/7', taskDefinition: revision(7) }), at);
    expect(change).toMatchObject({
      acting: null,
      updatedServiceAt: at,
      current: { rolloutId: 'ecs-svc/7', taskDefinition: revision(7), startedAt: at },
    });
    expect([told, quiet]).toEqual([[], [change.current]]);
  });
});

describe('followAnew', () => {
  it.each<[state: DeploymentState, then: DeploymentState]>([
    ['deploying', 'deploying'],
    ['baking', 'deploying'],
    ['live', 'live'],
    ['failed', 'failed'],
  ])('of one that is %s has it %s, from now on', (state, then) => {
    const { current } = followAnew(
      aDeployment({ state, bakeStartedAt: ago(1) }),
      aRollout({ id: 'ecs-svc/9', createdAt: ago(9_000_000) }),
      now,
    ).change;
    expect(current).toMatchObject({ state: then, rolloutId: 'ecs-svc/9', startedAt: at });
    expect(current?.bakeStartedAt).toBeUndefined();
  });
});

describe('beginBake', () => {
  it('forgets since when tasks were wanted', () => {
    const wanted = aDeployment({ state: 'baking', untested: true, tasksWantedAt: ago(1) });
    expect(beginBake(wanted, aService({}, { runningCount: 1 }), now).change.current).not.toHaveProperty('tasksWantedAt');
  });

  it.each<[name: string, running: number, expected: object, told: number, before?: Deployment]>([
    ['begins with running tasks', 1, { state: 'baking', untested: false, bakeStartedAt: at, reason: { code: 'rollout-completed' } }, 1],
    ['is untested without any', 0, { state: 'baking', untested: true, reason: { code: 'untested' } }, 1],
    ['begins quietly once tasks run', 1, { untested: false, bakeStartedAt: at }, 0, aDeployment({ state: 'baking', untested: true })],
    [
      'stops quietly when none runs any more',
      0,
      { untested: true },
      0,
      aDeployment({ state: 'baking', untested: false, bakeStartedAt: ago(1) }),
    ],
  ])('%s', (...[, runningCount, expected, tells, before = aDeployment()]) => {
    const { change, told } = beginBake(before, aService({}, { runningCount }), now);
    expect(change.current).toMatchObject(expected);
    expect(told).toHaveLength(tells);
    expect(change.current?.bakeStartedAt !== undefined).toBe(runningCount > 0);
  });
});

describe('goLive', () => {
  const baked = aDeployment({ state: 'baking' });

  it('is verified, under guard from now on, and replaces the one before it', () => {
    const { change, told } = goLive(aHead(), baked, revision(8), aPolicy(), now);
    expect(change.current).toMatchObject({
      state: 'live',
      verifiedAt: at,
      guardUntil: ago(-86_400_000),
      pinnedTaskDefinition: revision(8),
    });
    expect(states(told)).toEqual(['deployment-1 replaced', 'deployment-2 live']);
    expect(states(change.verified ?? [])).toEqual(['deployment-2 live', 'deployment-1 replaced']);
  });

  it('keeps five, and rewrites the record of the one that leaves, which expires from then on', () => {
    const verified = [5, 4, 3, 2, 1].map((nth) => aTarget({ id: `old-${nth}`, state: 'replaced', taskDefinition: revision(nth + 20) }));
    const { change, quiet = [] } = goLive(aHead({ verified }), baked, undefined, aPolicy(), now);
    expect(change.verified?.map(({ id }) => id)).toEqual(['deployment-2', 'old-5', 'old-4', 'old-3', 'old-2']);
    expect(quiet.map(({ id }) => id)).toEqual(['old-1']);
  });
});

describe('adoptExternal', () => {
  const outside: ExternalRollout = {
    rollout: aRollout({ id: 'ecs-svc/9', taskDefinition: revision(9) }),
    service: aService(),
    images: { 'my-web-app': { digest: 'sha256:e' } },
    again: false,
    reason,
  };

  it.each<[name: string, expected: string[], current: Deployment]>([
    ['supersedes what was under way', ['deployment-2 superseded'], aDeployment()],
    ['ends what was on its way back', ['deployment-2 rolled-back'], aDeployment({ state: 'rolling-back' })],
    ['leaves the live one until it is live itself', [], aDeployment({ state: 'live' })],
  ])('%s', (_, expected, current) => {
    const { change, told } = adoptExternal(aHead({ current }), outside, now);
    expect(states(told.slice(0, -1))).toEqual(expected);
    expect(change.current).toMatchObject({
      origin: 'external',
      state: 'deploying',
      previousTaskDefinition: revision(2),
      rolloutId: 'ecs-svc/9',
    });
    expect('failures' in change).toBe(false);
  });

  it('has a record of its own where the rollout was adopted before', () => {
    const ids = [false, true].map((again) => adoptExternal(anEmptyHead(), { ...outside, again }, now).change.current?.id);
    expect(ids[0]).toBe(externalId('production/web', outside.rollout));
    expect(ids[1]).not.toBe(ids[0]);
  });

  it('bakes at once what is completed, and says nothing of a baseline', () => {
    const steady = { ...outside, rollout: aRollout({ state: 'COMPLETED' }) };
    expect(adoptExternal(anEmptyHead(), steady, now).told.map(({ state }) => state)).toEqual(['deploying', 'baking']);
    const baseline = adoptExternal(anEmptyHead(), { ...steady, reason: { code: 'baseline', text: '' } }, now);
    expect(baseline).toMatchObject({ told: [], quiet: [{ state: 'baking' }] });
  });

  it('fails, told once, what brings back a quarantined image', () => {
    const head = anEmptyHead();
    const failed = failExternal(head, adoptExternal(head, outside, now), { code: 'quarantined-returned', text: '' }, now);
    expect(failed.told.map(({ state }) => state)).toEqual(['failed']);
    expect(failed.change.current?.state).toBe('failed');
  });
});

describe('takeUp', () => {
  const rollout = aRollout();

  it.each<[state: DeploymentState, expected: boolean]>([
    ['superseded', true],
    ['cancelled', true],
    ['failed', true],
    ['rolled-back', false],
    ['replaced', false],
    ['rejected', false],
  ])('of one that is %s: %s', (state, expected) => {
    expect(mayBeTakenUp(aDeployment({ state }), rollout)).toBe(expected);
    expect(mayBeTakenUp(aDeployment({ state, rolloutId: 'ecs-svc/8' }), rollout)).toBe(false);
  });

  it('watches it again from now on, under its own record', () => {
    const { change, told } = takeUp(anEmptyHead(), aDeployment({ state: 'superseded', bakeStartedAt: ago(1) }), rollout, now);
    expect(change.current).toMatchObject({ id: 'deployment-2', origin: 'push', state: 'deploying', startedAt: at });
    expect(change.current?.bakeStartedAt).toBeUndefined();
    expect(told).toEqual([change.current]);
  });

  it('leaves failed what failed', () => {
    expect(takeUp(anEmptyHead(), aDeployment({ state: 'failed' }), rollout, now)).toMatchObject({
      told: [],
      change: { current: { state: 'failed' } },
    });
  });
});

describe('externalId', () => {
  it('is the same for the same rollout, and another for another', () => {
    expect(externalId('production/web', aRollout())).toBe(externalId('production/web', aRollout({ status: 'ACTIVE' })));
    expect(externalId('production/web', aRollout())).not.toBe(externalId('production/web', aRollout({ id: 'ecs-svc/8' })));
  });
});
