import { beforeEach, describe, expect, it } from '@jest/globals';
import { RefusedError, TransientError } from '../../lib/errors.ts';
import { FlowWorld, repository, digest, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const revision = (nth: number): string => `arn:aws:ecs:eu-west-1:123456789012:task-definition/web:${nth}`;

let world: FlowWorld;

/** Images a, b and c were verified; d is deployed, and b's and c's revisions are 2 and 3. */
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  await world.live('b');
  await world.live('c');
  await world.pushed('d');
  world.topic.told.length = 0;
  world.services.updates.length = 0;
});

async function closed(): Promise<void> {
  world.advance(30_000);
  await world.completed();
}

describe('a target whose revision is INACTIVE', () => {
  it('is registered anew by the tick, and gone back to', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    expect(world.image()).toBe('d');
    expect(world.head()).toMatchObject({ current: { state: 'rolling-back', rollback: { anew: true, taskDefinition: revision(3) } } });
    expect(world.head().acting).toBeUndefined();
    await world.ticks(1);
    expect(world.services.updates).toEqual([{ service: 'production/web', taskDefinition: revision(5) }]);
    expect(world.image()).toBe('c');
    expect(world.taskDefinitions.revisions.get(revision(5))).toMatchObject({ active: true, tags: { 'autopilot:image': 'pinned' } });
    await closed();
    expect(world.told()).toEqual(['rolling-back', 'rolled-back']);
    const { current, verified } = world.head();
    expect(current).toMatchObject({ state: 'live', pinnedTaskDefinition: revision(5), images: { [repository]: { digest: digest('c') } } });
    expect(verified[0]).toMatchObject({ id: current?.id, pinnedTaskDefinition: revision(5) });
    expect(world.topic.told.at(-1)?.facts).toContainEqual([
      'Note',
      'web:3 is INACTIVE: its copy web:5 was registered, and is gone back to',
    ]);
  });

  it('is left alone by functions that may register nothing', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    await world.follow('SERVICE_STEADY_STATE');
    expect(world.services.updates).toEqual([]);
    expect(world.head().current?.state).toBe('rolling-back');
  });

  it('is gone back to by hand likewise', async () => {
    world.deregister(revision(3));
    await world.order('rollback');
    await world.ticks(1);
    expect(world.image()).toBe('c');
  });

  it('is registered anew though it was deregistered after it was chosen', async () => {
    const run = world.services.run.bind(world.services);
    world.services.run = (key, arn) => {
      world.deregister(revision(3));
      return run(key, arn);
    };
    await world.crash(3);
    expect(world.image()).toBe('d');
    await world.ticks(1);
    expect(world.image()).toBe('c');
  });

  it('is registered once, where ECS refuses what comes after it for a while', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    const run = world.services.run.bind(world.services);
    world.services.run = async () => {
      throw new TransientError('throttled');
    };
    await world.ticks(2);
    world.services.run = run;
    await world.ticks(3);
    expect(world.taskDefinitions.registered.filter((arn) => Number(arn.split(':').at(-1)) > 4)).toEqual([revision(5)]);
    expect(world.image()).toBe('c');
  });

  it('is tried again where AWS throttles the copy', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    const registerCopy = world.taskDefinitions.registerCopy.bind(world.taskDefinitions);
    world.taskDefinitions.registerCopy = async () => {
      throw new TransientError('throttled');
    };
    await world.ticks(1);
    expect(world.head()).toMatchObject({ current: { state: 'rolling-back', rollback: { anew: true } } });
    world.taskDefinitions.registerCopy = registerCopy;
    await world.ticks(3);
    expect(world.image()).toBe('c');
  });

  it('gives way to the next verified where AWS refuses the copy', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    world.taskDefinitions.registerCopy = async () => {
      throw new RefusedError('not authorized to perform iam:PassRole', 'AccessDeniedException');
    };
    await world.ticks(1);
    expect(world.image()).toBe('b');
    expect(world.head().current).toMatchObject({ state: 'rolling-back', rollback: { taskDefinition: revision(2) } });
    expect(world.head().current?.notes?.at(-1)).toContain('could not be registered anew (not authorized to perform iam:PassRole)');
  });

  it.each<[how: string, condemn: () => Promise<unknown>]>([
    ['by its failures', () => world.crash(3)],
    ['by order', () => world.order('rollback')],
  ])('gives way to none behind an image that says that there is no way back, left %s', async (_, condemn) => {
    const verified = world
      .head()
      .verified.map((one) =>
        one.images[repository]?.digest === digest('c') ? { ...one, oneWay: { digests: [digest('c')], asked: [digest('c')] } } : one,
      );
    world.table.heads.set(service, { ...world.head(), verified });
    world.deregister(revision(3));
    await condemn();
    world.taskDefinitions.registerCopy = async () => {
      throw new RefusedError('not authorized to perform iam:PassRole', 'AccessDeniedException');
    };
    await world.ticks(1);
    expect(world.image()).toBe('d');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
    expect(world.head().current?.reason.text).toContain('autopilot.rollback=never');
  });

  it('is registered by nobody where mode is watch by now', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    world.configuration = aConfiguration([aPolicy({ mode: 'watch' })]);
    await world.ticks(1);
    expect(world.taskDefinitions.registered.filter((arn) => arn === revision(5))).toEqual([]);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'watch-only' } });
  });

  it('is asked after again where AWS throttles the question whether it is INACTIVE', async () => {
    world.deregister(revision(3));
    const run = world.services.run.bind(world.services);
    const read = world.taskDefinitions.read.bind(world.taskDefinitions);
    let away = false;
    world.services.run = (key, arn) => {
      away = true;
      return run(key, arn);
    };
    world.taskDefinitions.read = async (arn) => {
      if (away) throw new TransientError('throttled');
      return read(arn);
    };
    await expect(world.crash(3)).rejects.toThrow('throttled');
    world.services.run = run;
    away = false;
    expect(world.head()).toMatchObject({ current: { state: 'rolling-back' } });
    await world.ticks(3);
    expect(world.image()).toBe('c');
  });

  it('ends as failed where AWS refuses it and there is no other', async () => {
    world.registry.remove(repository, digest('a'));
    world.registry.remove(repository, digest('b'));
    world.deregister(revision(3));
    await world.crash(3);
    world.taskDefinitions.registerCopy = async () => {
      throw new RefusedError('not authorized to perform iam:PassRole', 'AccessDeniedException');
    };
    await world.ticks(1);
    expect(world.image()).toBe('d');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'no-target' } });
    expect(world.told().at(-1)).toBe('failed');
  });

  it('gives way to a newer image that comes meanwhile', async () => {
    world.deregister(revision(3));
    await world.crash(3);
    world.advance(61_000);
    await world.pushed('e');
    await world.ticks(2);
    expect(world.image()).toBe('e');
    expect(world.states().slice(-2)).toEqual(['d rolled-back', 'e deploying']);
  });
});
