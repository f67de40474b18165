import { beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TransientError } from '../../lib/errors.ts';
import { deployImage } from '../../lib/flows/deploy-image.ts';
import { dueMax, tick } from '../../lib/flows/tick.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;
const missing = (): never => {
  throw new Error('it is not there');
};

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

describe('the tick and what was begun and not ended', () => {
  it('takes over past the end of a claim, and registers nothing where the service runs that deployment', async () => {
    await world.pushed('b');
    const { rolloutId: _, startedAt: __, taskDefinition: ___, ...begun } = world.head().current ?? missing();
    const until = '2026-11-23T12:08:10.000Z';
    world.table.heads.set(service, { ...world.head(), current: begun, acting: { by: 'gone', until }, dueAt: until });
    await world.ticks(1);
    expect(world.head().current?.rolloutId).toBeUndefined();
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ id: begun.id, taskDefinition: world.running() });
    expect(world.head().acting).toBeUndefined();
    expect(world.taskDefinitions.registered).toHaveLength(1);
    expect(world.services.updates).toHaveLength(1);
  });

  it('recognises it by family and digests where there was no room for our tags', async () => {
    await world.pushed('b');
    const { rolloutId: _, startedAt: __, taskDefinition: ___, ...begun } = world.head().current ?? missing();
    const revision = world.taskDefinitions.revisions.get(world.running()) ?? missing();
    world.taskDefinitions.revisions.set(revision.arn, { ...revision, tags: {} });
    world.table.heads.set(service, { ...world.head(), current: begun, dueAt: world.now.toISOString() });
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ id: begun.id, taskDefinition: revision.arn });
  });

  it('acts again a minute after the claim at the earliest: ECS may answer from before the act', async () => {
    const run = world.services.run.bind(world.services);
    world.services.run = async () => {
      throw new TransientError('throttled');
    };
    await expect(world.pushed('b')).rejects.toThrow('throttled');
    world.services.run = run;
    world.advance(59_999);
    await world.tick();
    expect(world.image()).toBe('a');
    world.advance(1);
    await world.tick();
    expect(world.image()).toBe('b');
  });

  it('counts that minute from when the service was taken, however long the function ran by then', async () => {
    const run = world.services.run.bind(world.services);
    world.services.run = async () => {
      throw new TransientError('throttled');
    };
    const late = world.invocation({ remainingMs: () => 20_000 });
    await expect(deployImage(world.push('b'), world.needs(), late)).rejects.toThrow('throttled');
    world.services.run = run;
    world.advance(99_999);
    await world.tick();
    expect(world.image()).toBe('a');
    world.advance(1);
    await world.tick();
    expect(world.image()).toBe('b');
  });
});

describe('the tick and work that fails', () => {
  it('moves only its own head, longer each time, tells it once, and forgets it when it went well', async () => {
    world = new FlowWorld(aConfiguration([aPolicy(), aPolicy({ service: 'production/api' })]));
    world.addService('a', 'production/api', 'api');
    await world.verifiedBaseline();
    await world.pushed('b');
    const read = world.services.read.bind(world.services);
    world.services.read = async (key) => {
      if (key === service) throw new TransientError('throttled');
      return read(key);
    };
    world.services.complete('production/api', world.now.toISOString());
    await world.ticks(3);
    expect(world.head('production/api').current?.state).toBe('baking');
    expect(world.head().trouble).toMatchObject({ count: 2, until: '2026-11-23T12:11:00.000Z' });
    await world.ticks(12);
    expect(world.head().trouble?.count).toBe(4);
    expect(world.topic.told.filter(({ code }) => code === 'work-failing')).toHaveLength(1);
    world.services.read = read;
    await world.ticks(10);
    expect(world.head().trouble).toBeUndefined();
  });

  it('does what is due though enrolling fails, and fails in the end, so that the alarm hears of it', async () => {
    await world.pushed('b');
    world.services.complete(service, world.now.toISOString());
    world.advance(120_000);
    const needs = world.needs();
    needs.enrolment.read = async () => {
      throw new TransientError('throttled');
    };
    await expect(tick(needs, world.invocation())).rejects.toThrow('throttled');
    expect(world.head().current?.state).toBe('baking');
  });

  it('begins no work when less than 25 s is left', async () => {
    await world.pushed('b');
    world.services.complete(service, world.now.toISOString());
    world.advance(120_000);
    await tick(world.needs(), world.invocation({ remainingMs: () => 25_000 }));
    expect(world.head().current?.state).toBe('deploying');
    await tick(world.needs(), world.invocation({ remainingMs: () => 25_001 }));
    expect(world.head().current?.state).toBe('baking');
  });

  it('attends to services though more repositories than it takes on have been waiting for their turn for longer', async () => {
    await world.pushed('b');
    world.services.complete(service, world.now.toISOString());
    for (let nth = 0; nth < dueMax + 1; nth += 1) {
      const name = `other-${nth}`;
      world.table.repositories.set(name, { repository: name, version: 1, found: {}, dueAt: '2026-11-23T11:00:00.000Z' });
    }
    await world.ticks(1);
    expect(world.head().current?.state).toBe('baking');
  });

  it('takes a service off the list that is no longer configured', async () => {
    world.configuration = aConfiguration([]);
    await world.ticks(122);
    expect(world.head().dueAt).toBeUndefined();
  });

  it('withdraws a deployment that a permanent fault ends, and looks at what runs', async () => {
    world.taskDefinitions.registerCopy = async () => {
      throw new PermanentError('an unknown field was refused');
    };
    await world.pushed('b');
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
    expect(world.states()).toEqual(['a live', 'b failed']);
  });
});
