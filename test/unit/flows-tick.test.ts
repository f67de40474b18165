import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

describe('the tick and a bake', () => {
  it('lets go live what baked, at the end of the bake and not before', async () => {
    await world.pushed('b');
    await world.completed();
    world.advance(299_999);
    await world.tick();
    expect(world.head().current?.state).toBe('baking');
    world.advance(1);
    await world.tick();
    expect(world.head().current).toMatchObject({ state: 'live', verifiedAt: world.now.toISOString() });
    expect(world.head().verified.map(({ state }) => state)).toEqual(['live', 'replaced']);
  });

  it('keeps the last five verified, which never expire, while others do', async () => {
    for (const letter of 'bcdef'.split('')) await world.live(letter);
    expect(world.head().verified.map(({ images }) => images[repository]?.digest.charAt(7))).toEqual(['f', 'e', 'd', 'c', 'b']);
    const expiring = [...(world.table.deployments.get(service)?.values() ?? [])].filter(({ expiresAt }) => expiresAt !== undefined);
    expect(expiring.map(({ deployment }) => deployment.images[repository]?.digest.charAt(7))).toEqual(['a']);
  });

  it('lists the stopped tasks first: stops that no event told condemn it', async () => {
    await world.pushed('b');
    await world.completed();
    world.services.stopped.set(
      service,
      ['1', '2', '3'].map((id) => world.crashed(id)),
    );
    await world.ticks(5);
    expect(world.image()).toBe('a');
    expect(world.head().current?.state).toBe('rolling-back');
  });

  it('keeps of stops that no event told no more than a head may hold', async () => {
    await world.pushed('b');
    await world.completed();
    const many = Array.from({ length: 300 }, (_, nth) => world.crashed(`untold-${nth}`));
    world.services.stopped.set(service, many);
    await world.ticks(5);
    expect(world.head().failures).toHaveLength(3 + 64);
    expect(world.image()).toBe('a');
  });

  it('keeps of those the newest, for stops of long ago condemn nothing', async () => {
    await world.pushed('b');
    await world.completed();
    const stoppedAt = new Date(world.now.getTime() - 3_600_000).toISOString();
    const long = Array.from({ length: 100 }, (_, nth) => world.crashed(`long-ago-${nth}`, world.running(), { stoppedAt }));
    const now = ['1', '2', '3'].map((id) => world.crashed(id));
    world.services.stopped.set(service, [...long, ...now]);
    await world.ticks(5);
    expect(world.head().current?.state).toBe('rolling-back');
    expect(world.image()).toBe('a');
  });

  it('keeps untested what completed with no task, and counts only time with tasks', async () => {
    const observed = world.services.services.get(service);
    world.services.add(service, world.running(), { desiredCount: 0, runningCount: 0, rollouts: observed?.rollouts ?? [] });
    await world.pushed('b');
    await world.completed();
    expect(world.head().current).toMatchObject({ state: 'baking', untested: true, reason: { code: 'untested' } });
    await world.ticks(30);
    expect(world.head().current).toMatchObject({ state: 'baking', untested: true });
    const asleep = world.services.services.get(service);
    if (asleep === undefined) throw new Error('no service');
    world.services.services.set(service, { ...asleep, desiredCount: 2, runningCount: 2 });
    await world.ticks(15);
    expect(world.head().current).toMatchObject({ state: 'baking', untested: false });
    await world.ticks(6);
    expect(world.head().current).toMatchObject({ state: 'live', untested: false });
  });
});

describe('the tick and many services', () => {
  it('looks first at those whose tasks fail, not at those whose tasks only went', async () => {
    const names = Array.from({ length: 6 }, (_, nth) => `production/s${nth}`);
    world = new FlowWorld(aConfiguration(names.map((key) => aPolicy({ service: key }))));
    world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
    for (const key of names) world.addService('a', key, key.slice(11));
    await world.ticks(7);
    for (const [nth, key] of names.entries()) {
      const cause = nth === 5 ? '2' : '~SCALE_IN';
      const head = world.head(key);
      world.table.heads.set(key, { ...head, failures: [`${world.now.toISOString()}#t#s:1#${cause}`], dueAt: head.enrolledAt });
    }
    const read = world.services.read.bind(world.services);
    const looked: string[] = [];
    world.services.read = (key) => {
      looked.push(key);
      return read(key);
    };
    await world.ticks(1);
    expect(looked[0]).toBe('production/s5');
  });
});

describe('the tick and what no event told', () => {
  it('finds a rollout whose completion was lost', async () => {
    await world.pushed('b');
    world.services.complete(service, world.now.toISOString());
    await world.ticks(3);
    expect(world.head().current?.state).toBe('baking');
  });

  it('finds a rollout that hangs', async () => {
    await world.pushed('b');
    await world.ticks(32);
    expect(world.image()).toBe('a');
  });

  it('finds a push whose event was lost, within the pace of reconciliation', async () => {
    world.push('b');
    await world.ticks(10);
    expect(world.image()).toBe('b');
    expect(world.history().at(-1)?.origin).toBe('reconciliation');
  });

  it('finds what somebody else deployed, within two hours', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `host.dkr.ecr.eu-west-1.amazonaws.com/${repository}@${digest('e')}` });
    await world.services.run(service, arn);
    await world.ticks(121);
    expect(world.head().current).toMatchObject({ origin: 'external', taskDefinition: arn });
  });
});
