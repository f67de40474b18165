import { beforeEach, describe, expect, it } from '@jest/globals';
import { deploymentTag } from '../../lib/domain/task-definition.ts';
import { MissingError } from '../../lib/errors.ts';
import { digest, FlowWorld, registryHost, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(() => {
  world = new FlowWorld();
  world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
});

describe('the tick on the day of installation', () => {
  it('deploys nothing, though the registry has a newer image', async () => {
    world.addService('0');
    await world.ticks(15);
    expect(world.services.updates).toEqual([]);
    expect(world.taskDefinitions.registered).toEqual([]);
    expect(world.head().seen[repository]).toMatchObject({ digest: digest('a'), outcome: 'baseline' });
  });

  it('verifies what runs after a steady bake, not before, and says nothing of it until then', async () => {
    world.addService('a');
    await world.ticks(5);
    expect(world.head().current).toMatchObject({ state: 'baking', origin: 'external', reason: { code: 'rollout-completed' } });
    expect(world.head().verified).toEqual([]);
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
    expect(world.head().verified).toHaveLength(1);
  });

  it('registers a copy pinned to the digests that ran, where the revision names a tag, and goes back to it', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}:latest`, proxy: 'envoyproxy/envoy:v1' });
    world.services.add(service, arn);
    world.services.digests.set(arn, { web: digest('a'), proxy: digest('9') });
    await world.ticks(7);
    const [verified] = world.head().verified;
    const pinned = world.taskDefinitions.revisions.get(verified?.pinnedTaskDefinition ?? '');
    expect(pinned?.containers.map(({ image }) => image)).toEqual([`${registryHost}/${repository}@${digest('a')}`, 'envoyproxy/envoy:v1']);
    expect(pinned?.tags[deploymentTag]).toBe(verified?.id);
    expect(world.running()).toBe(arn);
    await world.pushed('b');
    await world.crash(3);
    expect(world.running()).toBe(pinned?.arn);
  });

  it('waits for the task that tells which image runs, where none runs at the end of the bake', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}:latest` });
    world.services.add(service, arn);
    await world.ticks(7);
    world.services.digests.set(arn, { web: digest('a') });
    await world.ticks(2);
    expect(world.head().verified).toMatchObject([{ state: 'live', images: { [repository]: { digest: digest('a') } } }]);
  });

  it('has no target where what ran could not be learnt, and says so when it is needed', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}:latest` });
    world.services.add(service, arn);
    await world.ticks(7);
    expect(world.head().current?.state).toBe('baking');
    await world.ticks(5); // Nobody waits for ever for a task that tells it.
    expect(world.head().current?.state).toBe('live');
    await world.pushed('b');
    await world.crash(3);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'no-target' } });
    expect(world.head().current?.reason.text).toMatch(/names a tag and no digest/);
  });

  it('adopts a rollout without state once it is alone and all its tasks run', async () => {
    const arn = world.addService('a');
    const observed = world.services.add(service, arn);
    const [rollout] = observed.rollouts;
    if (rollout === undefined) throw new Error('no rollout');
    const { state: _, ...stateless } = rollout;
    world.services.services.set(service, { ...observed, rollouts: [{ ...stateless, runningCount: 1 }] });
    await world.ticks(3);
    expect(world.head().current?.state).toBe('deploying');
    world.services.services.set(service, { ...observed, rollouts: [stateless] });
    await world.ticks(3);
    expect(world.head().current?.state).toBe('baking');
  });

  it('takes no rollout of long ago for overdue, because the service is scaling when it is enrolled', async () => {
    const observed = world.services.add(service, world.addService('a'));
    const [rollout] = observed.rollouts;
    if (rollout === undefined) throw new Error('no rollout');
    const { state: _, ...stateless } = rollout;
    const old = [{ ...stateless, createdAt: '2026-10-01T00:00:00.000Z' }];
    world.services.services.set(service, { ...observed, rollouts: old.map((one) => ({ ...one, runningCount: 1 })) });
    await world.ticks(2);
    expect(world.head().current?.state).toBe('deploying');
    world.services.services.set(service, { ...observed, rollouts: old });
    await world.ticks(9);
    expect(world.head().current?.state).toBe('live');
  });

  it('tells what is still not complete when the time-out has passed since it was enrolled', async () => {
    const observed = world.services.add(service, world.addService('a'));
    const hanging = observed.rollouts.map((rollout) => ({
      ...rollout,
      state: 'IN_PROGRESS' as const,
      createdAt: '2026-10-01T00:00:00.000Z',
    }));
    world.services.services.set(service, { ...observed, rollouts: hanging });
    await world.ticks(30);
    expect(world.head().current?.state).toBe('deploying');
    await world.ticks(3);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
  });
});

describe('the tick and what does not exist', () => {
  it('tells a missing service once, and looks at it every quarter of an hour', async () => {
    await world.ticks(3);
    expect(world.told()).toEqual(['enrolled', 'trouble']);
    expect(world.head().obstacle?.code).toBe('service-missing');
    expect(world.head().dueAt).toBe('2026-11-23T12:16:00.000Z');
    await world.ticks(45);
    expect(world.told()).toEqual(['enrolled', 'trouble']);
  });

  it('takes a missing cluster for a missing service', async () => {
    world.services.read = async () => {
      throw new MissingError('cluster', 'no cluster production');
    };
    await world.ticks(2);
    expect(world.head().obstacle?.code).toBe('service-missing');
    await world.pushed('b');
    expect(world.history()).toMatchObject([{ state: 'rejected', reason: { code: 'service-missing' } }]);
  });

  it('adopts the service once it is there', async () => {
    await world.ticks(3);
    world.addService('a');
    await world.ticks(16);
    expect(world.head().obstacle).toBeUndefined();
    expect(world.head().current).toMatchObject({ origin: 'external' });
  });

  it('tells a missing repository once, and holds up no other', async () => {
    const other = aPolicy({ service: 'production/api', images: [{ repository: 'no-such', tags: { kind: 'tag', tag: 'latest' } }] });
    world = new FlowWorld(aConfiguration([other, aPolicy()]));
    world.addService('a');
    world.addService('a', 'production/api', 'api');
    await world.ticks(40);
    expect(world.topic.told.filter(({ code }) => code === 'repository-missing')).toHaveLength(1);
    expect(world.head().current?.state).toBe('live');
    expect(world.table.repositories.get('no-such')?.missing).toBe(true);
  });

  it.each<[name: string, differing: object, code: string]>([
    ['controller CODE_DEPLOY', { controller: 'CODE_DEPLOY' }, 'unsupported-kind'],
    ['strategy BLUE_GREEN', { strategy: 'BLUE_GREEN' }, 'unsupported-kind'],
    ['status INACTIVE', { status: 'INACTIVE' }, 'service-inactive'],
  ])('leaves a reason and one alert for a service of %s', async (_, differing, code) => {
    const arn = world.addService('a');
    world.services.add(service, arn, differing);
    await world.ticks(3);
    await world.pushed('b');
    await world.ticks(20);
    expect(world.services.updates).toEqual([]);
    expect(world.history()).toMatchObject([{ state: 'rejected', reason: { code } }]);
    expect(world.topic.told.filter((told) => told.code === code && told.state !== 'rejected')).toHaveLength(1);
  });
});
