import { describe, expect, it } from '@jest/globals';
import {
  adoptRollback,
  beginRollback,
  closeRollback,
  condemnedDigests,
  failDeployment,
  recordRollback,
  resumeRollback,
} from '../../lib/decide/transitions/rollback.ts';
import { withdrawDeployment } from '../../lib/decide/transitions/withdraw.ts';
import type { Head } from '../../lib/domain/head.ts';
import { aDeployment, ago, aHead, aRollout, aTarget, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const reason = { code: 'task-failures', text: 'three failed' } as const;
const acting = { by: 'request-1', until: ago(-70_000) };
const back = aRollout({ id: 'ecs-svc/3', taskDefinition: revision(1) });
const condemned = aDeployment({
  state: 'rolling-back',
  reason,
  rollback: { to: 'deployment-1', taskDefinition: revision(1), startedAt: ago(60_000) },
});

describe('beginRollback', () => {
  const live = aDeployment({ state: 'live', verifiedAt: ago(1000) });
  const { change, told } = beginRollback(
    aHead({ current: live, verified: [live, aTarget()] }),
    live,
    aTarget({ pinnedTaskDefinition: revision(9) }),
    reason,
    acting,
    now,
  );

  it('claims the service for the way to the pinned revision', () => {
    expect(change).toMatchObject({
      acting,
      current: { state: 'rolling-back', reason, rollback: { to: 'deployment-1', taskDefinition: revision(9) } },
    });
    expect(told).toEqual([change.current]);
  });

  it('takes the condemned one from the verified, and bars its digest here', () => {
    expect(change.verified?.map(({ id }) => id)).toEqual(['deployment-1']);
    expect(change.current?.verifiedAt).toBeUndefined();
    expect(change.barred).toEqual({ 'sha256:b': reason });
  });

  it('bars 50 digests at most, the newest', () => {
    const barred = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`sha256:${index}`, reason]));
    const kept = Object.keys(beginRollback(aHead({ barred }), live, aTarget(), reason, acting, now).change.barred ?? {});
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, 'sha256:1', 'sha256:b']);
    const again = { 'sha256:b': reason, ...barred };
    expect(Object.keys(beginRollback(aHead({ barred: again }), live, aTarget(), reason, acting, now).change.barred ?? {}).at(-1)).toBe(
      'sha256:b',
    );
  });
});

describe('condemnedDigests', () => {
  it.each<[name: string, expected: string[], target: Record<string, { digest: string }>]>([
    ['are those in which the target differs', ['sha256:b'], { web: { digest: 'sha256:a' }, proxy: { digest: 'sha256:p' } }],
    ['are all without a target', ['sha256:b', 'sha256:p'], {}],
    ['are none where only the revision differs', [], { web: { digest: 'sha256:b' }, proxy: { digest: 'sha256:p' } }],
  ])('%s', (_, expected, target) => {
    expect(condemnedDigests(aDeployment({ images: { web: { digest: 'sha256:b' }, proxy: { digest: 'sha256:p' } } }), target)).toEqual(
      expected,
    );
  });
});

describe('on the way back', () => {
  it('a claim is taken again without a new record, and answers of ECS from before it are waited for anew', () => {
    const current = { ...condemned, rollback: { to: 'deployment-1', taskDefinition: revision(1), startedAt: now.toISOString() } };
    expect(resumeRollback(condemned, acting, now)).toEqual({ change: { acting, current }, told: [] });
  });

  it('ECS’s rollout is written down, and the service given free', () => {
    const { change, told, quiet } = recordRollback(condemned, back);
    expect(change).toMatchObject({ acting: null, current: { rollback: { rolloutId: 'ecs-svc/3' } } });
    expect([told, quiet]).toEqual([[], [change.current]]);
  });

  it('ECS’s own is adopted, and told once', () => {
    const adopted = adoptRollback(aHead(), aDeployment(), back, aTarget(), reason, now);
    expect(adopted.change.current).toMatchObject({
      state: 'rolling-back',
      rollback: { native: true, rolloutId: 'ecs-svc/3', to: 'deployment-1' },
    });
    expect(adopted.told).toHaveLength(1);
    expect(adopted.change.barred).toEqual({ 'sha256:b': reason });
    expect(adoptRollback(aHead({ current: condemned }), condemned, back, aTarget(), reason, now)).toMatchObject({ told: [], quiet: [{}] });
  });
});

describe('closeRollback', () => {
  const { verify } = aPolicy();

  it('has the target live again, without a guard of its own', () => {
    const { change, told } = closeRollback(
      aHead({ current: condemned, verified: [aTarget({ state: 'replaced', guardUntil: ago(-1000) })] }),
      condemned,
      back,
      verify,
      now,
    );
    expect(told).toMatchObject([
      { id: 'deployment-2', state: 'rolled-back', reason: { code: 'back-on-target' }, rollback: { rolloutId: 'ecs-svc/3' } },
    ]);
    expect(change.current).toMatchObject({ id: 'deployment-1', state: 'live', rolloutId: 'ecs-svc/3' });
    expect((change.current?.guardUntil ?? '') <= now.toISOString()).toBe(true);
    expect(change.current?.returned).toEqual({ from: 'deployment-2', until: ago(-verify.guard.forMs) });
    expect(change.verified).toEqual([change.current]);
  });

  it('leaves no current one where the target is not verified: what runs is adopted', () => {
    const { change, told } = closeRollback(aHead({ current: condemned, verified: [] }), condemned, back, verify, now);
    expect(change.current).toBeNull();
    expect(told).toHaveLength(1);
  });

  it('leaves failed what failed, and is back all the same', () => {
    const late = closeRollback(aHead({ current: condemned }), { ...condemned, state: 'failed' }, back, verify, now);
    expect(late.told).toEqual([]);
    expect(late.change.current?.id).toBe('deployment-1');
  });

  it('keeps the failures: a change of state forgets none', () => {
    expect('failures' in closeRollback(aHead(), condemned, back, verify, now).change).toBe(false);
  });
});

describe('failDeployment', () => {
  it('ends it, and takes it from the verified', () => {
    const live = aDeployment({ state: 'live', verifiedAt: ago(1) });
    const { change, told } = failDeployment(aHead({ current: live, verified: [live, aTarget()] }), live, reason, now);
    expect(told).toMatchObject([{ state: 'failed', reason }]);
    expect(change).toMatchObject({ acting: null, verified: [{ id: 'deployment-1' }], current: { state: 'failed' } });
    expect(change.current?.verifiedAt).toBeUndefined();
  });
});

describe('withdrawDeployment', () => {
  const { rolloutId: _, taskDefinition: __, ...begun } = aDeployment();
  const seen: Head['seen'] = {
    'my-web-app': { digest: 'sha256:b', tag: 'latest', pushedAt: ago(1), outcome: 'deployed', reason },
    other: { digest: 'sha256:o', tag: 'latest', pushedAt: ago(1), outcome: 'deployed', reason },
  };

  it('has the verified one back that the service runs still', () => {
    const { change, told } = withdrawDeployment(aHead({ seen }), begun, 'failed', reason, now);
    expect(told).toMatchObject([{ id: 'deployment-2', state: 'failed', reason }]);
    expect(change).toMatchObject({ acting: null, current: { id: 'deployment-1', state: 'live' } });
  });

  it('leaves anything else to be found by what runs', () => {
    const { change } = withdrawDeployment(
      aHead({ seen, verified: [aTarget({ taskDefinition: revision(7) })] }),
      begun,
      'rejected',
      reason,
      now,
    );
    expect(change.current).toBeNull();
  });

  it('has its candidate rejected, so that a changed configuration asks again, and no other', () => {
    const { change } = withdrawDeployment(aHead({ seen }), begun, 'rejected', reason, now);
    expect([change.seen?.['my-web-app']?.outcome, change.seen?.['other']?.outcome]).toEqual(['rejected', 'deployed']);
  });
});
