import { beforeEach, describe, expect, it } from '@jest/globals';
import { RefusedError, TransientError } from '../../lib/errors.ts';
import { deployImage } from '../../lib/flows/deploy-image.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

async function ready(configuration = aConfiguration(), tag = 'latest'): Promise<FlowWorld> {
  const made = new FlowWorld(configuration);
  await made.verifiedBaseline('a', tag);
  made.topic.told.length = 0;
  return made;
}

beforeEach(async () => {
  world = await ready();
});

describe('deploy-image of a glob', () => {
  beforeEach(async () => {
    world = await ready(aConfiguration([aGlobPolicy()]), 'main-1');
  });

  it('takes the newest push', async () => {
    await world.pushed('b', 'main-2');
    expect(world.image()).toBe('b');
  });

  it('never goes from a newer image to an older one', async () => {
    const older = world.push('b', 'main-2');
    world.advance(1000);
    await world.pushed('c', 'main-3');
    world.advance(60_000);
    await world.deploy(older);
    expect(world.image()).toBe('c');
    expect(world.history().find(({ images }) => images[repository]?.digest === digest('b'))).toMatchObject({
      state: 'rejected',
      reason: { code: 'older-than-seen' },
    });
    expect(world.head().seen[repository]).toMatchObject({ digest: digest('c'), outcome: 'deployed' });
  });

  it('puts on record that a bad digest stays out under another tag, and tells it once', async () => {
    await world.pushed('b', 'main-2');
    await world.crash(3);
    await world.completed();
    world.topic.told.length = 0;
    world.advance(120_000);
    await world.pushed('b', 'main-3');
    await world.deploy(world.pushEvent('b', 'main-3'));
    expect(world.image()).toBe('a');
    expect(world.history().find(({ state }) => state === 'rejected')?.reason.code).toBe('quarantined');
    expect(world.told()).toEqual(['rejected']);
  });
});

describe('deploy-image after the claim', () => {
  it('asks the quarantine once more', async () => {
    const needs = world.needs();
    const entry = { digest: digest('b'), since: world.now.toISOString(), service: 'other/service', deployment: 'other' };
    needs.taskDefinitions.read = async (name) => {
      if (!world.table.quarantine.has(digest('b')))
        world.table.quarantine.set(digest('b'), { ...entry, reason: { code: 'task-failures', text: 'it crashed' } });
      return world.taskDefinitions.read(name);
    };
    await deployImage(world.push('b'), needs, world.invocation());
    expect(world.services.updates).toEqual([]);
    expect(world.states()).toEqual(['a live', 'b rejected']);
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
    expect(world.head().seen[repository]).toMatchObject({ outcome: 'rejected', reason: { code: 'quarantined' } });
    expect(world.told()).toEqual(['deploying', 'rejected']);
  });

  it('ends as failed what AWS refuses for good, and leaves what ran', async () => {
    world.services.run = async () => {
      throw new RefusedError('no permission to pass the role', 'AccessDeniedException');
    };
    await world.pushed('b');
    expect(world.states()).toEqual(['a live', 'b failed']);
    expect(world.history().at(-1)?.reason).toEqual({ code: 'aws-refused', text: 'no permission to pass the role' });
    expect(world.head().current?.images[repository]?.digest).toBe(digest('a'));
    expect(world.told()).toEqual(['deploying', 'failed']);
  });

  it('takes up again what it superseded, when its own act is refused', async () => {
    await world.pushed('b');
    const superseded = world.head().current?.id;
    world.advance(60_000);
    const run = world.services.run.bind(world.services);
    world.services.run = async () => {
      throw new RefusedError('no permission to pass the role', 'AccessDeniedException');
    };
    await world.pushed('c');
    world.services.run = run;
    expect(world.states()).toEqual(['a live', 'b superseded', 'c failed']);
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ id: superseded, state: 'deploying', origin: 'push' });
    await world.crash(3);
    expect(world.image()).toBe('a');
  });

  it('rejects an image that no container of the service runs', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: 'public.ecr.aws/nginx/nginx:1' });
    world.services.services.clear();
    world.services.add(service, arn);
    await world.pushed('b');
    expect(world.history().at(-1)).toMatchObject({ state: 'waiting', reason: { code: 'busy' } }); // What runs is not on record yet.
    await world.ticks(2);
    expect(world.services.updates).toEqual([]);
    expect(world.history().map(({ state, reason }) => `${state} ${reason.code}`)).toContain('rejected no-container');
  });

  it('gives the service free when AWS throttles, and the tick goes on with the same record', async () => {
    const run = world.services.run.bind(world.services);
    world.services.run = async () => {
      throw new TransientError('throttled');
    };
    await expect(world.pushed('b')).rejects.toThrow('throttled');
    world.services.run = run;
    const id = world.head().current?.id;
    expect(world.head()).toMatchObject({ dueAt: world.now.toISOString(), current: { state: 'deploying' } });
    expect(world.head().acting).toBeUndefined();
    await world.ticks(1);
    expect(world.image()).toBe('b');
    expect(world.head().current?.id).toBe(id);
  });
});
