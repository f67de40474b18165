import { describe, expect, it } from '@jest/globals';
import { hasRoomForPassed, withPassed } from '../../lib/decide/passed-stops.ts';
import { adoptExternal } from '../../lib/decide/transitions/adopt.ts';
import { beginDeployment, type DeployClaim } from '../../lib/decide/transitions/candidates.ts';
import { goLive } from '../../lib/decide/transitions/rollout.ts';
import { letGoOf } from '../../lib/decide/transitions/waiting.ts';
import { countableOf, outdatedFailures, roomFor } from '../../lib/decide/verdict.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import { passedEntry } from '../../lib/domain/failure.ts';
import { aDeployment, ago, aHead, aRollout, aService, failures as failuresOf, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const policy = aPolicy();
const passed = (category: string, id: string, name = 'web:2', ms = 1_000): string =>
  passedEntry({ stoppedAt: ago(ms), revision: name, category }, id);
const failures = [passed('SPOT', '1'), passed('USER', '2'), passed('SPOT', '3'), passed('SPOT', '4', 'web:1')];
const note = '3 of its tasks stopped for causes that count against nobody: 2 SPOT, 1 USER';
const live = aDeployment({ state: 'live' });
const aClaim: DeployClaim = {
  candidate: { repository: 'my-web-app', digest: 'sha256:c', tag: 'latest', pushedAt: ago(0), origin: 'push' },
  reason: live.reason,
  acting: { by: 'one', until: ago(0) },
  previousTaskDefinition: live.taskDefinition ?? '',
};
const outside = {
  rollout: aRollout({ id: 'ecs-svc/3', taskDefinition: revision(3) }),
  service: aService(),
  images: {},
  reason: live.reason,
  again: false,
};

describe('Stops that count against nobody', () => {
  it('stand in the notes of the deployment whose tasks they were, by their causes', () => {
    expect(withPassed({ failures }, aDeployment({ notes: ['another'] })).notes).toEqual(['another', note]);
  });

  it('stand there once, as they are now', () => {
    const before = withPassed({ failures: failures.slice(0, 1) }, aDeployment());
    expect(withPassed({ failures }, before).notes).toEqual([note]);
  });

  it('stay there when they are forgotten', () => {
    const before = withPassed({ failures }, aDeployment());
    expect(withPassed({ failures: failures.slice(0, 1) }, before)).toBe(before);
  });

  it('leave a deployment alone that had none', () => {
    const other = aDeployment({ taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:9' });
    expect(withPassed({ failures }, other)).toBe(other);
  });

  it('are told of with a deployment that goes live', () => {
    expect(goLive(aHead({ failures }), aDeployment({ state: 'baking' }), undefined, policy, now).change.current?.notes).toEqual([note]);
  });

  it.each(['live', 'baking'] as const)('go on record of a deployment that was %s, before the next one takes the head', (state) => {
    const begun = beginDeployment(aHead({ failures, current: { ...live, state } }), aClaim, policy, now);
    const ended = [...begun.told, ...(begun.quiet ?? [])].find(({ id }) => id === live.id);
    expect(ended).toMatchObject({ state: state === 'live' ? 'live' : 'superseded', notes: [note] });
  });

  it('stay on record of a live one that the next one replaces', () => {
    const verified = { ...live, id: 'deployment-1' };
    const begun = beginDeployment(aHead({ failures, current: verified, verified: [verified] }), aClaim, policy, now);
    const after = aHead({ failures: [], verified: begun.change.verified ?? [] });
    expect(goLive(after, aDeployment({ state: 'baking', taskDefinition: revision(3) }), undefined, policy, now).told[0]).toMatchObject({
      id: 'deployment-1',
      state: 'replaced',
      notes: [note],
    });
  });

  it.each<[how: string, told: Deployment[]]>([
    ['somebody else replaces', adoptExternal(aHead({ failures }), outside, now).told],
    ['is let go of', letGoOf(aHead({ failures }), live.reason, now).told],
  ])('go on record of a deployment that %s', (_how, told) => {
    expect(told[0]).toMatchObject({ id: aDeployment().id, notes: [note] });
  });

  it('take no room from those that count', () => {
    const head = aHead({ failures });
    expect(countableOf(head)).toBe(0);
    expect(roomFor(head, { revision: 'web:2' }, 3, policy.verify, now)).toBe(
      roomFor(aHead(), { revision: 'web:2' }, 3, policy.verify, now),
    );
  });

  it('are forgotten when no window reaches them any more', () => {
    const [young, old] = [passed('SPOT', '1', 'web:2', 7_200_000), passed('SPOT', '2', 'web:2', 7_200_001)];
    expect(outdatedFailures(aHead({ failures: [young, old] }), policy.verify, now)).toEqual([old]);
  });

  it('are kept one by one up to a number, and once each', () => {
    const many = Array.from({ length: 31 }, (_, nth) => passed('SPOT', `${nth}`));
    const others = failuresOf(2);
    expect(hasRoomForPassed({ failures: [...many, ...others] }, passed('SPOT', 'next'))).toBe(true);
    expect(hasRoomForPassed({ failures: [...many, passed('SPOT', 'last')] }, passed('SPOT', 'next'))).toBe(false);
    expect(hasRoomForPassed({ failures }, failures[0] ?? '')).toBe(false);
  });

  it('of the revision that ran before take no room from those of the one that runs, and a head holds no more than three times as many', () => {
    const of = (name: string) => Array.from({ length: 32 }, (_, nth) => passed('SCALE_IN', `${nth}`, name));
    expect(hasRoomForPassed({ failures: of('web:1') }, passed('SPOT', '1'))).toBe(true);
    expect(hasRoomForPassed({ failures: [...of('web:1'), ...of('web:3'), ...of('web:4')] }, passed('SPOT', '1'))).toBe(false);
  });
});
