import { describe, expect, it } from '@jest/globals';
import type { Progress } from '../../lib/decide/progress-step.ts';
import { decideProgress, type ProgressFacts } from '../../lib/decide/progress.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Rollout } from '../../lib/domain/service.ts';
import { ago, aDeployment, aHead, aService, aTarget, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const completed = { state: 'COMPLETED', runningCount: 2, pendingCount: 0 } as const;
const old: Partial<Rollout> = { id: 'ecs-svc/1', taskDefinition: revision(1), createdAt: ago(86_400_000) };
const foreign: Partial<Rollout> = { id: 'ecs-svc/3', taskDefinition: revision(3), createdAt: ago(10_000), updatedAt: ago(10_000) };
const alone = (rollout: Partial<Rollout>) => {
  const service = aService(rollout);
  return { ...service, rollouts: service.rollouts.slice(0, 1) };
};

/** The action, and the code of its reason where it has one. */
function spelled(progress: Progress): string {
  const code = 'reason' in progress && typeof progress.reason === 'object' ? progress.reason.code : undefined;
  return code === undefined ? progress.action : `${progress.action} ${code}`;
}

const condemned = (rolloutId?: string, startedMs = 120_000): Deployment =>
  aDeployment({
    state: 'rolling-back',
    rollback: {
      to: 'deployment-1',
      taskDefinition: revision(1),
      startedAt: ago(startedMs),
      ...(rolloutId === undefined ? {} : { rolloutId }),
    },
  });
const back: Partial<Rollout> = { id: 'ecs-svc/3', taskDefinition: revision(1), createdAt: ago(110_000), updatedAt: ago(60_000) };

describe('decideProgress on the way back', () => {
  it.each<[name: string, action: string, current: Deployment, service: ProgressFacts['service']]>([
    ['acts again where PRIMARY is the condemned revision', 'resume-rollback', condemned(), aService()],
    ['records a rollout that nobody wrote down', 'record-rollback', condemned(), alone(back)],
    ['stays in progress', 'stay', condemned('ecs-svc/3'), alone(back)],
    ['closes when the target’s revision is completed', 'close-rollback', condemned('ecs-svc/3'), alone({ ...back, ...completed })],
    ['closes whatever id the rollout has', 'close-rollback', condemned('ecs-svc/3'), alone({ ...back, ...completed, id: 'ecs-svc/9' })],
    ['fails where ECS gives it up', 'fail rollback-failed', condemned('ecs-svc/3'), alone({ ...back, state: 'FAILED' })],
    ['stays a millisecond before its time-out', 'stay', condemned('ecs-svc/3', 30 * minuteMs - 1), alone(back)],
    ['fails at its time-out', 'fail rollback-overdue', condemned('ecs-svc/3', 30 * minuteMs), alone(back)],
    ['closes what completed at its time-out', 'close-rollback', condemned('ecs-svc/3', 30 * minuteMs), alone({ ...back, ...completed })],
    [
      'stays where ECS does not know the way back, 59.999 s after',
      'stay',
      condemned('ecs-svc/3', 59_999),
      alone({ ...old, ...completed, updatedAt: ago(700_000) }),
    ],
    ['believes it 60 s after', 'close-rollback', condemned('ecs-svc/3', 60_000), alone({ ...old, ...completed, updatedAt: ago(700_000) })],
    [
      'stays on an answer from before the bad deployment',
      'stay',
      condemned(undefined, 59_999),
      alone({ ...old, ...completed, updatedAt: ago(600_001) }),
    ],
    [
      'acts again when such an answer lasts',
      'resume-rollback',
      condemned(undefined, 60_000),
      alone({ ...old, ...completed, updatedAt: ago(600_001) }),
    ],
    [
      'adopts ECS’s way back to our target',
      'record-rollback',
      condemned(undefined, 59_999),
      alone({ ...old, ...completed, updatedAt: ago(600_000) }),
    ],
    [
      'fails where ECS goes back from it',
      'fail rollback-failed',
      condemned('ecs-svc/3'),
      alone({ reason: 'circuit breaker: rolling back to deploymentId ecs-svc/2.' }),
    ],
    [
      'adopts the condemned revision where a person brings it back',
      'adopt-external external',
      condemned('ecs-svc/3'),
      alone({ id: 'ecs-svc/9' }),
    ],
    ['adopts what a person deployed instead', 'adopt-external external', condemned('ecs-svc/3'), alone(foreign)],
    ['fails without a target on record', 'fail rollback-failed', aDeployment({ state: 'rolling-back' }), aService()],
  ])('%s', (_name, action, current, service) => {
    const progress = decideProgress({ head: aHead({ current }), service }, aPolicy(), now);
    expect(spelled(progress)).toBe(action);
  });

  it('adopts another verified revision than ours as the target', () => {
    const other = aTarget({ id: 'deployment-0', taskDefinition: revision(5) });
    const head = aHead({ current: condemned('ecs-svc/3'), verified: [aTarget(), other] });
    expect(decideProgress({ head, service: alone({ ...foreign, taskDefinition: revision(5) }) }, aPolicy(), now)).toMatchObject({
      action: 'adopt-rollback',
      target: { id: 'deployment-0' },
    });
  });

  it.each<[name: string, action: string, rollout: Partial<Rollout>]>([
    ['stays while ECS still tries', 'stay', back],
    ['closes when it completes late', 'close-rollback', { ...back, ...completed }],
  ])('that failed %s', (_name, action, rollout) => {
    const current = { ...condemned('ecs-svc/3'), state: 'failed' } as const;
    expect(decideProgress({ head: aHead({ current }), service: alone(rollout) }, aPolicy(), now).action).toBe(action);
  });
});
