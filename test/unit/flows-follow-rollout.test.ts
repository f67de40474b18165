import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;
const observed = () => world.services.services.get(service) ?? world.services.add(service, '');

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

describe('follow-rollout', () => {
  it('bakes what completed, and leaves the rest to the tick', async () => {
    await world.pushed('b');
    world.advance(30_000);
    await world.completed();
    const { current, dueAt } = world.head();
    expect(current).toMatchObject({ state: 'baking', untested: false, bakeStartedAt: world.now.toISOString() });
    expect(dueAt).toBe('2026-11-23T12:12:30.000Z');
    world.advance(300_000);
    await world.follow();
    expect(world.head().current?.state).toBe('baking');
    await world.tick();
    expect(world.head().current?.state).toBe('live');
    expect(world.told()).toEqual(['deploying', 'baking', 'replaced', 'live']);
  });

  it.each(['SERVICE_DEPLOYMENT_COMPLETED', 'SERVICE_DEPLOYMENT_FAILED', 'NO_SUCH_EVENT'])(
    'believes no event, here %s, but what ECS runs',
    async (event) => {
      await world.pushed('b');
      world.advance(30_000);
      await world.follow(event);
      expect(world.head().current?.state).toBe('deploying');
    },
  );

  it('does nothing more for an event that comes again', async () => {
    await world.pushed('b');
    world.advance(30_000);
    await world.completed();
    const head = world.head();
    await world.follow();
    expect(world.head()).toEqual(head);
  });

  it('leaves a service alone in which another function acts', async () => {
    await world.pushed('b');
    const acting = { by: 'somebody', until: '2026-11-23T12:10:00.000Z' };
    world.table.heads.set(service, { ...world.head(), acting });
    world.services.complete(service, world.now.toISOString());
    await world.follow();
    expect(world.head()).toMatchObject({ acting, current: { state: 'deploying' } });
  });

  it('skips what is not managed, not configured, or of no known cluster', async () => {
    world.configuration = aConfiguration([aPolicy({ managed: false })]);
    const head = world.head();
    await world.follow('SERVICE_DEPLOYMENT_COMPLETED');
    await world.follow('SERVICE_DEPLOYMENT_COMPLETED', 'production/other');
    expect(world.head()).toEqual(head);
    expect(world.logged.slice(-2).map(({ message }) => message)).toEqual(['skipped', 'skipped']);
  });

  it('rolls back what ECS gave up, and bars the digest for this service only', async () => {
    await world.pushed('b');
    world.advance(30_000);
    world.services.fail(service, 'tasks failed to start', world.now.toISOString());
    await world.follow();
    expect(world.image()).toBe('a');
    expect(world.head().current).toMatchObject({ state: 'rolling-back', reason: { code: 'rollout-failed' } });
    expect(Object.keys(world.head().barred)).toEqual([digest('b')]);
    expect(world.table.quarantine.size).toBe(0);
  });

  it('rolls back what is overdue, at the time-out and not before', async () => {
    await world.pushed('b');
    world.advance(30 * 60_000 - 1);
    await world.follow();
    expect(world.image()).toBe('b');
    world.advance(1);
    await world.follow();
    expect(world.image()).toBe('a');
    expect(world.head().current?.reason.code).toBe('rollout-overdue');
  });

  it('closes a rollback when the target’s revision is PRIMARY and COMPLETED', async () => {
    await world.pushed('b');
    await world.crash(3);
    world.advance(10_000);
    await world.follow();
    expect(world.head().current?.state).toBe('rolling-back');
    await world.completed();
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
    expect(world.states()).toEqual(['a live', 'b rolled-back']);
    expect(world.history().at(-1)?.rollback?.rolloutId).toBe(observed().rollouts[0]?.id);
    expect(world.services.updates).toHaveLength(2);
  });

  it('pages when the way back fails, and never rolls a rollback back', async () => {
    await world.pushed('b');
    await world.crash(3);
    world.advance(10_000);
    world.services.fail(service, 'tasks failed to start', world.now.toISOString());
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-failed' } });
    expect(world.services.updates).toHaveLength(2);
    expect(world.told().at(-1)).toBe('failed');
  });

  it('has the target back when a way back that was given up completes late', async () => {
    await world.pushed('b');
    await world.crash(3);
    world.advance(30 * 60_000);
    await world.follow();
    expect(world.head().current?.reason.code).toBe('rollback-overdue');
    await world.completed();
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
    expect(world.states()).toEqual(['a live', 'b failed']);
    expect(world.told().filter((state) => state === 'external')).toEqual([]);
  });
});
