import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Rollout } from '../../lib/domain/service.ts';
import { followRollout } from '../../lib/flows/follow-rollout.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';
import { answersFromBefore } from '../fakes/stale-services.ts';

let world: FlowWorld;
const observed = () => world.services.services.get(service) ?? world.services.add(service, '');

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

/** ECS's breaker goes back: the old rollout, under its own id, is PRIMARY again, and says so. */
function breakerGoesBack(to: Rollout): void {
  const [failed] = observed().rollouts;
  if (failed === undefined) throw new Error('nothing to go back from');
  const at = world.now.toISOString();
  const back: Rollout = { ...to, status: 'PRIMARY', state: 'IN_PROGRESS', updatedAt: at };
  const reason = 'ECS deployment circuit breaker: tasks failed to start.';
  world.services.services.set(service, {
    ...observed(),
    taskDefinition: to.taskDefinition,
    rollouts: [
      { ...back, reason: `ECS deployment circuit breaker: rolling back to deploymentId ${to.id}.` },
      { ...failed, status: 'ACTIVE', state: 'FAILED', reason, updatedAt: at },
    ],
  });
}

describe('follow-rollout and ECS’s own way back', () => {
  it('adopts one rollback, makes none, and bars the digest', async () => {
    const [old] = observed().rollouts;
    if (old === undefined) throw new Error('no rollout');
    await world.pushed('b');
    await world.crash(2);
    world.advance(20_000);
    breakerGoesBack(old);
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'rolling-back', reason: { code: 'native-rollback' }, rollback: { native: true } });
    expect(Object.keys(world.head().barred)).toEqual([digest('b')]);
    expect(world.table.quarantine.has(digest('b'))).toBe(true);
    await world.crash(2, world.history().at(-1)?.taskDefinition);
    world.advance(10_000);
    await world.completed();
    expect(world.states()).toEqual(['a live', 'b rolled-back']);
    expect(world.services.updates).toHaveLength(1);
  });

  it('keeps an image free of blame where ECS goes back from what was told as an incident', async () => {
    const [old] = observed().rollouts;
    if (old === undefined) throw new Error('no rollout');
    await world.pushed('b');
    await world.crash(3, old.taskDefinition);
    world.advance(1000);
    await world.crash(3);
    expect(world.told()).toContain('incident');
    breakerGoesBack(old);
    await world.follow();
    expect(world.head().current?.state).toBe('rolling-back');
    expect(Object.keys(world.head().barred)).toEqual([digest('b')]);
    expect(world.table.quarantine.size).toBe(0);
  });

  it('ends as failed where ECS goes back from our way back', async () => {
    await world.live('b');
    const [bad] = observed().rollouts;
    await world.crash(3);
    if (bad === undefined) throw new Error('no rollout');
    world.advance(90_000);
    breakerGoesBack(bad);
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-failed' } });
    expect(world.services.updates).toHaveLength(2);
  });
});

async function deployedOutside(letter: string): Promise<void> {
  const { arn } = world.taskDefinitions.add('web', { web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app@${digest(letter)}` });
  world.advance(90_000);
  await world.services.run(service, arn);
  world.services.updates.length = 0;
  world.services.catchUp();
  await world.follow('SERVICE_DEPLOYMENT_IN_PROGRESS');
}

describe('follow-rollout and somebody else’s deployment', () => {
  it('records and verifies it like ours', async () => {
    await deployedOutside('e');
    expect(world.head().current).toMatchObject({
      state: 'deploying',
      origin: 'external',
      images: { [repository]: { digest: digest('e') } },
    });
    world.advance(30_000);
    await world.completed();
    await world.ticks(6);
    expect(world.states()).toEqual(['a replaced', 'e live']);
    expect(world.told()).toEqual(['external', 'baking', 'replaced', 'live']);
  });

  it('pages and touches nothing when it fails, unless told to roll it back', async () => {
    await deployedOutside('e');
    await world.crash(3);
    expect(world.services.updates).toEqual([]);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
  });

  it('is rolled back where verify.external says so', async () => {
    world.configuration = aConfiguration([aPolicy({ verify: { ...aPolicy().verify, external: 'rollback' } })]);
    await deployedOutside('e');
    await world.crash(3);
    await world.ticks(1); // Which asks its image first whether there is a way back.
    expect(world.image()).toBe('a');
  });

  it('counts failures that were told before it was adopted', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app@${digest('e')}` });
    world.advance(90_000);
    await world.services.run(service, arn);
    await world.crash(3);
    expect(world.head().current?.state).toBe('live');
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'failed', taskDefinition: arn });
  });

  it('supersedes what was under way', async () => {
    await world.pushed('b');
    await deployedOutside('e');
    expect(world.states()).toContain('b superseded');
    expect(world.head().current?.origin).toBe('external');
  });

  it('ends as failed, and pages, with a digest that is in quarantine', async () => {
    await world.pushed('b');
    await world.crash(3);
    await world.completed();
    await deployedOutside('b');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'quarantined-returned' } });
    expect(world.services.updates).toEqual([]);
    expect(world.told().at(-1)).toBe('failed');
  });

  it('follows a forced deployment of the same revision from its beginning', async () => {
    await world.pushed('b');
    world.advance(30_000);
    await world.completed();
    const id = world.head().current?.id;
    world.advance(100_000);
    const [primary] = observed().rollouts;
    if (primary === undefined) throw new Error('no rollout');
    const at = world.now.toISOString();
    const forced: Rollout = { ...primary, id: 'ecs-svc/forced', state: 'IN_PROGRESS', createdAt: at, updatedAt: at };
    world.services.services.set(service, { ...observed(), rollouts: [forced, { ...primary, status: 'ACTIVE' }] });
    await world.follow();
    expect(world.head().current).toMatchObject({ id, state: 'deploying', rolloutId: 'ecs-svc/forced', startedAt: at });
    await world.ticks(6);
    expect(world.head().current?.state).toBe('deploying');
    await world.completed();
    await world.ticks(6);
    expect(world.head().current).toMatchObject({ id, state: 'live' });
  });
});

describe('follow-rollout and answers of ECS from before', () => {
  it('adopts nothing while ECS does not know our rollout, for a minute', async () => {
    const before = observed();
    await world.pushed('b');
    const stale = answersFromBefore(world.services, before);
    world.advance(59_999);
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'deploying', origin: 'push' });
    world.advance(1);
    await world.follow();
    stale.end();
    expect(world.head().current?.state).not.toBe('deploying');
  });

  it('closes no rollback by an answer from before the bad deployment', async () => {
    const before = observed();
    await world.pushed('b');
    await world.crash(3);
    const stale = answersFromBefore(world.services, before);
    await world.follow();
    expect(world.head().current?.state).toBe('rolling-back');
    stale.end();
    await world.completed();
    expect(world.head().current?.state).toBe('live');
  });

  it('adopts no bad deployment anew by an answer from before the way back was complete', async () => {
    await world.pushed('b');
    const before = observed();
    await world.crash(3);
    world.advance(70_000);
    await world.completed();
    const stale = answersFromBefore(world.services, before);
    world.advance(59_999);
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
    stale.end();
  });

  it('looks again for a rollout that an event told and ECS does not show yet: where it only crashes, no other event comes', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app@${digest('e')}` });
    world.advance(90_000);
    const { rollouts } = await world.services.run(service, arn);
    await world.follow('SERVICE_DEPLOYMENT_IN_PROGRESS', service, rollouts[0]?.id);
    expect(world.head().current?.origin).toBe('external');
    expect(world.head().current?.taskDefinition).not.toBe(arn);
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ taskDefinition: arn, state: 'deploying' });
  });

  it('looks for none of which the event is old', async () => {
    const before = world.head().dueAt;
    const change = { service, about: 'rollout', eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS', eventType: 'INFO' } as const;
    const at = new Date(world.now.getTime() - 60_000).toISOString();
    await followRollout({ ...change, at, rolloutId: 'ecs-svc/gone' }, world.needs(), world.invocation());
    expect(world.head().dueAt).toBe(before);
  });
});
