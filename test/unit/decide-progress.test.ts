import { describe, expect, it } from '@jest/globals';
import type { Progress } from '../../lib/decide/progress-step.ts';
import { decideProgress, type ProgressFacts } from '../../lib/decide/progress.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Rollout } from '../../lib/domain/service.ts';
import { ago, aDeployment, aHead, anEmptyHead, aService, aTarget, failures, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const completed = { state: 'COMPLETED', runningCount: 2, pendingCount: 0 } as const;
const { rolloutId: _, startedAt: __, taskDefinition: ___, ...begun } = aDeployment();
const unrecorded = (claimedAgo: number): Deployment => ({
  ...begun,
  createdAt: ago(claimedAgo),
  timeline: [{ at: ago(claimedAgo), state: 'deploying', reason: begun.reason }],
});
const noPlace = 'SERVICE_TASK_PLACEMENT_FAILURE';
const untested = (differing: Partial<Deployment>, desiredCount: number, failed: string[] = []): Partial<ProgressFacts> => ({
  head: aHead({ current: aDeployment({ state: 'baking', untested: true, ...differing }), failures: failed }),
  service: aService(completed, { runningCount: 0, desiredCount }),
});
const baking = (sinceMs: number): Deployment => aDeployment({ state: 'baking', untested: false, bakeStartedAt: ago(sinceMs) });
const old: Partial<Rollout> = { id: 'ecs-svc/1', taskDefinition: revision(1), createdAt: ago(86_400_000) };
const wentBack = { state: 'IN_PROGRESS', reason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.' } as const;
const foreign: Partial<Rollout> = { id: 'ecs-svc/3', taskDefinition: revision(3), createdAt: ago(10_000), updatedAt: ago(10_000) };
const facts = (current: Deployment, rollout: Partial<Rollout> = {}): Partial<ProgressFacts> => ({
  head: aHead({ current }),
  service: aService(rollout),
});
const alone = (rollout: Partial<Rollout>) => {
  const service = aService(rollout);
  return { ...service, rollouts: service.rollouts.slice(0, 1) };
};
const stateless = (runningCount: number) => {
  const { state: ____, ...rollout } = aService({ runningCount }).rollouts[0] ?? aService().rollouts[0]!;
  return { ...aService(), rollouts: [rollout] };
};

const young = (ms: number): Deployment => aDeployment({ startedAt: ago(ms), createdAt: ago(ms), timeline: [] });
const restored = (ms: number): Deployment => aTarget({ timeline: [{ at: ago(ms), state: 'live', reason: begun.reason }] });
const known = (rollout: Partial<Rollout>) =>
  aService(rollout, { rollouts: [...alone(rollout).rollouts, ...aService({ status: 'ACTIVE' }).rollouts] });

/** The action, and the code of its reason where it has one. */
function spelled(progress: Progress): string {
  const code = 'reason' in progress && typeof progress.reason === 'object' ? progress.reason.code : undefined;
  return code === undefined ? progress.action : `${progress.action} ${code}`;
}

describe('decideProgress', () => {
  it.each<[name: string, action: string, given: Partial<ProgressFacts>]>([
    ['stays while the rollout is in progress', 'stay', {}],
    ['stays where ECS tells no PRIMARY', 'stay', { service: { ...aService(), rollouts: [] } }],
    ['bakes a completed rollout', 'bake', { service: aService(completed) }],
    ['bakes a rollout without state that is alone with all its tasks', 'bake', { service: stateless(2) }],
    ['stays where a rollout without state lacks a task', 'stay', { service: stateless(1) }],
    ['condemns a rollout that ECS gave up', 'condemn rollout-failed', { service: aService({ state: 'FAILED' }) }],
    ['stays a millisecond before the time-out', 'stay', facts(aDeployment({ startedAt: ago(30 * minuteMs - 1) }))],
    ['condemns a rollout at its time-out', 'condemn rollout-overdue', facts(aDeployment({ startedAt: ago(30 * minuteMs) }))],
    ['bakes what completed at its time-out', 'bake', facts(aDeployment({ startedAt: ago(30 * minuteMs) }), completed)],
    ['stays a millisecond before the end of the bake', 'stay', facts(baking(5 * minuteMs - 1), completed)],
    ['verifies at the end of the bake', 'verify', facts(baking(5 * minuteMs), completed)],
    [
      'stops the bake’s clock when no task runs',
      'bake',
      { head: aHead({ current: baking(1) }), service: aService(completed, { runningCount: 0, desiredCount: 0 }) },
    ],
    [
      'lets it go on while a task that stopped is replaced',
      'stay',
      { head: aHead({ current: baking(1) }), service: aService(completed, { runningCount: 0, desiredCount: 1 }) },
    ],
    ['stays untested at 0', 'stay', untested({}, 0)],
    ['notes since when tasks of an untested one are wanted', 'note-wanted', untested({}, 2)],
    ['notes that they are wanted no more', 'note-wanted', untested({ tasksWantedAt: ago(1) }, 0)],
    ['waits for them as long as for a rollout', 'stay', untested({ tasksWantedAt: ago(30 * minuteMs - 1) }, 2)],
    ['condemns what does not come up by then', 'condemn rollout-overdue', untested({ tasksWantedAt: ago(30 * minuteMs) }, 2)],
    ['condemns nothing for lack of room', 'stay', untested({ tasksWantedAt: ago(60 * minuteMs), warned: [noPlace] }, 2)],
    [
      'condemns what lacked room and has failed since',
      'condemn rollout-overdue',
      untested({ tasksWantedAt: ago(60 * minuteMs), warned: [noPlace] }, 2, failures(1)),
    ],
    ['begins the bake when a task runs', 'bake', facts(aDeployment({ state: 'baking', untested: true }), completed)],
    ['stays with a live one', 'stay', facts(aDeployment({ state: 'live' }), completed)],
    ['stays with a failed one', 'stay', facts(aDeployment({ state: 'failed' }), completed)],
  ])('%s', (_name, action, given) => {
    const progress = decideProgress({ head: aHead(), service: aService(), ...given }, aPolicy(), now);
    expect(spelled(progress)).toBe(action);
  });

  it.each<[name: string, action: string, given: Partial<ProgressFacts>]>([
    ['asks whose revision it is that PRIMARY runs', 'identify', facts(unrecorded(70_000), old)],
    [
      'records the rollout of the revision that the deployment registered',
      'record-rollout',
      { ...facts(unrecorded(70_000)), primaryIsOurs: true },
    ],
    ['acts again where the service runs what it ran before', 'resume-deploy', { ...facts(unrecorded(60_000), old), primaryIsOurs: false }],
    ['waits a minute before it acts again', 'stay', { ...facts(unrecorded(59_999), old), primaryIsOurs: false }],
    [
      'does not where ECS gave it up since, and went back',
      'adopt-rollback',
      { ...facts(unrecorded(70_000), { ...old, ...wentBack, updatedAt: ago(69_999) }), primaryIsOurs: false },
    ],
    [
      'does where ECS had gone back from another before',
      'resume-deploy',
      { ...facts(unrecorded(70_000), { ...old, ...wentBack, updatedAt: ago(70_000) }), primaryIsOurs: false },
    ],
    ['adopts what somebody else deployed meanwhile', 'adopt-external', { ...facts(unrecorded(70_000), foreign), primaryIsOurs: false }],
  ])('of a deployment whose act is not on record %s', (_name, action, given) => {
    expect(decideProgress({ head: aHead(), service: aService(), ...given }, aPolicy(), now).action).toBe(action);
  });

  it.each<[name: string, action: string, given: Partial<ProgressFacts>]>([
    ['adopts what ran at enrolment', 'adopt-external baseline', { head: anEmptyHead({ enrolledAt: ago(600_000) }) }],
    ['adopts what was deployed after enrolment', 'adopt-external external', { head: anEmptyHead({ enrolledAt: ago(600_001) }) }],
    [
      'adopts another revision',
      'adopt-external external',
      { service: aService(foreign, { rollouts: [...aService(foreign).rollouts, ...aService().rollouts.slice(0, 1)] }) },
    ],
    [
      'adopts another revision than the live one',
      'adopt-external external',
      { head: aHead({ current: aDeployment({ state: 'live' }) }), service: alone(foreign) },
    ],
    ['follows the same revision anew', 'follow-anew', { service: alone({ id: 'ecs-svc/9' }) }],
    [
      'follows the pinned copy of the same revision anew',
      'follow-anew',
      { head: aHead({ current: aDeployment({ pinnedTaskDefinition: revision(3) }) }), service: alone(foreign) },
    ],
    [
      'adopts the same revision anew where it names a tag, as its pinned copy tells',
      'adopt-external external',
      {
        head: aHead({ current: aDeployment({ state: 'live', pinnedTaskDefinition: revision(3) }) }),
        service: alone({ id: 'ecs-svc/9' }),
      },
    ],
    ['adopts a way back to a verified revision', 'adopt-rollback native-rollback', { service: alone(old) }],
    [
      'adopts a way back to an unverified revision that ECS calls one',
      'adopt-rollback native-rollback',
      { service: alone({ ...foreign, reason: 'circuit breaker: rolling back to deploymentId ecs-svc/0.' }) },
    ],
    [
      'takes a verified revision under a live one for a deployment',
      'adopt-external external',
      { head: aHead({ current: aDeployment({ state: 'live' }) }), service: alone(old) },
    ],
  ])('of another rollout %s', (_name, action, given) => {
    const progress = decideProgress({ head: aHead(), service: aService(), ...given }, aPolicy(), now);
    expect(spelled(progress)).toBe(action);
  });

  it.each<[name: string, action: string, given: Partial<ProgressFacts>]>([
    ['stays where ECS lacks a rollout 59.999 s old', 'stay', { head: aHead({ current: young(59_999) }), service: alone(old) }],
    ['believes it of one 60 s old', 'adopt-rollback', { head: aHead({ current: young(60_000) }), service: alone(old) }],
    [
      'believes at once what came after our rollout',
      'adopt-external',
      { head: aHead({ current: young(20_000) }), service: known(foreign) },
    ],
    [
      'believes it where our rollout is gone from the list, for it never came to run a task',
      'adopt-external',
      { head: aHead({ current: young(20_000) }), service: alone(foreign) },
    ],
    [
      'stays where what stands there alone was begun no later than ours',
      'stay',
      { head: aHead({ current: young(20_000) }), service: alone({ ...foreign, createdAt: ago(20_000) }) },
    ],
    [
      'stays where PRIMARY has not moved since our record',
      'stay',
      { head: aHead({ current: young(20_000) }), service: known({ ...old, updatedAt: ago(20_001) }) },
    ],
    [
      'believes a way back that moved since',
      'adopt-rollback',
      { head: aHead({ current: young(20_000) }), service: known({ ...old, updatedAt: ago(20_000) }) },
    ],
    [
      'stays where a target was restored 59.999 s ago',
      'stay',
      { head: aHead({ current: restored(59_999) }), service: aService({ updatedAt: ago(90_000) }) },
    ],
    [
      'believes it 60 s after',
      'adopt-external',
      { head: aHead({ current: restored(60_000) }), service: aService({ updatedAt: ago(90_000) }) },
    ],
  ])('of answers from before %s', (_name, action, given) => {
    expect(decideProgress({ head: aHead(), service: aService(), ...given }, aPolicy(), now).action).toBe(action);
  });
});
