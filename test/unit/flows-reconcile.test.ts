import { beforeEach, describe, expect, it } from '@jest/globals';
import { turnsAt } from '../../lib/decide/turns.ts';
import { MissingError, RefusedError, TransientError } from '../../lib/errors.ts';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';
import { fakeRegistry } from '../fakes/fake-registry.ts';
import { aConfiguration, aGlobPolicy, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;
const pages = (): unknown[] => world.recording.calls.filter(({ method }) => method === 'page');

/** A registry of several pages, and a service that takes the newest of `main-*`. */
beforeEach(async () => {
  world = new FlowWorld(aConfiguration([aGlobPolicy()]));
  Object.assign(world.registry, fakeRegistry(2));
  await world.verifiedBaseline('a', 'main-0');
});

describe('reconciliation', () => {
  it('reads a repository to its end, rests, and offers the newest of all pages', async () => {
    for (const [index, letter] of 'bcdef'.split('').entries()) {
      world.advance(1000);
      world.push(letter, `main-${index + 1}`);
    }
    world.recording.calls.length = 0;
    await world.ticks(7);
    expect(world.image()).toBe('f');
    expect(pages()).toHaveLength(3);
    expect(world.states()).toEqual(['a live', 'f deploying']);
  });

  it('keeps to the pages of a minute over all repositories, and goes on where it stood', async () => {
    for (const letter of 'bcdef012345678'.split('')) world.push(letter, `main-${letter}`);
    world.configuration = { ...world.configuration, reconcile: { perMinute: 3 } };
    world.recording.calls.length = 0;
    await world.ticks(8);
    expect(pages().length).toBeLessThanOrEqual(3 * 8);
    const before = pages().length;
    await world.ticks(1);
    expect(pages().length - before).toBeLessThanOrEqual(3);
    await world.ticks(6);
    expect(world.services.updates.length).toBe(1);
    expect(world.table.repositories.get(repository)).not.toHaveProperty('page');
  });

  it('asks ECS nothing where nothing was lost', async () => {
    await world.ticks(8);
    world.recording.calls.length = 0;
    await world.ticks(14);
    expect(world.recording.names()).not.toContain('services.read');
    expect(pages()).toHaveLength(2);
  });

  it('writes nothing for a look that found nothing new, whether the repository is there or not', async () => {
    await world.ticks(8);
    world.recording.calls.length = 0;
    await world.ticks(21);
    expect(pages()).toHaveLength(3);
    world.registry.page = async () => {
      throw new MissingError('repository', 'no such repository');
    };
    await world.ticks(7);
    const writes = (): string[] => world.recording.names().filter((name) => name === 'repositories.write');
    expect(writes()).toHaveLength(1); // That it was told.
    await world.ticks(28);
    expect(writes()).toHaveLength(1);
  });

  it('looks before long where a turn came to nothing', async () => {
    await world.ticks(8);
    world.push('b', 'main-1');
    const read = world.services.read.bind(world.services);
    while (!turnsAt(world.configuration, new Date(world.now.getTime() + 60_000)).includes(repository)) await world.ticks(1);
    world.services.read = async () => {
      throw new TransientError('throttled');
    };
    await world.ticks(1);
    world.services.read = read;
    await world.ticks(1);
    expect(world.image()).toBe('b');
  });

  it('goes by the minute for which a tick was meant, however late it comes', async () => {
    await world.ticks(8);
    world.push('b', 'main-1');
    const turn = ['00', '01', '02', '03', '04', '05', '06']
      .map((minute) => `2026-11-23T18:${minute}:00.000Z`)
      .find((at) => turnsAt(world.configuration, at).includes(repository));
    world.advance(61_000);
    await world.tick('2026-11-23T18:07:30.000Z');
    expect(world.image()).toBe(turn === undefined ? '' : 'a');
    await world.tick(turn);
    expect(world.image()).toBe('b');
  });

  it('begins anew after a fault, and skips nothing', async () => {
    for (const letter of 'bcd'.split('')) world.push(letter, `main-${letter}`);
    const page = world.registry.page.bind(world.registry);
    world.registry.page = async (name, from) => {
      if (from !== undefined) throw new TransientError('throttled');
      return page(name, from);
    };
    await world.ticks(12);
    expect(world.image()).toBe('a');
    world.registry.page = page;
    await world.ticks(2);
    expect(world.image()).toBe('d');
  });

  it('takes an empty listing for unknown, never for nothing', async () => {
    world.registry.page = async () => ({ images: [] });
    await world.ticks(12);
    expect(world.image()).toBe('a');
    expect(world.history()).toHaveLength(1);
  });

  it('takes what a tag names at the end of a listing, not at its beginning', async () => {
    world.configuration = aConfiguration([aGlobPolicy(), aPolicy({ service: 'production/admin' })], 'configuration-2');
    world.addService('a', 'production/admin', 'admin');
    world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
    await world.ticks(8);
    world.push('b', 'latest');
    const page = world.registry.page.bind(world.registry);
    world.registry.page = async (name, from) => {
      if (world.image('production/admin') === 'a') await world.pushed('c', 'latest');
      return page(name, from);
    };
    await world.ticks(20);
    expect(world.image('production/admin')).toBe('c');
    expect(world.states('production/admin').filter((state) => state.startsWith('b'))).toEqual([]);
  });

  it('offers nothing that was gone by the end of a listing', async () => {
    world.push('b', 'main-b');
    world.registry.byDigest = async () => undefined;
    await world.ticks(12);
    expect(world.image()).toBe('a');
    expect(world.history()).toHaveLength(1);
  });

  it('lets one service’s fault stop no other, and offers again what it missed', async () => {
    world.configuration = aConfiguration([aGlobPolicy({ service: 'production/admin' }), aGlobPolicy()], 'configuration-2');
    world.addService('a', 'production/admin', 'admin');
    await world.ticks(8);
    world.push('b', 'main-1');
    const read = world.services.read.bind(world.services);
    let faults = 1;
    world.services.read = async (key) => {
      if (key === 'production/admin' && (faults -= 1) === 0) throw new TransientError('throttled');
      return read(key);
    };
    while (world.image() === 'a') await world.ticks(1);
    expect(world.image('production/admin')).toBe('a');
    await world.ticks(2);
    expect(world.image('production/admin')).toBe('b');
  });

  it('counts a push whose event was lost, once, in the metric and in the line of the tick', async () => {
    world.push('b', 'main-1');
    await world.ticks(20);
    expect(world.image()).toBe('b');
    expect(world.counted.filter(([name]) => name === 'LostEventsHealed')).toEqual([['LostEventsHealed', 1]]);
    const ticked = world.logged.filter(({ message }) => message === 'tick').map(({ fields }) => fields['healed']);
    expect(ticked.filter((healed) => healed !== 0)).toEqual([1]);
  });

  it('counts none of whose event was heard', async () => {
    await world.pushed('b', 'main-1');
    await world.ticks(20);
    expect(world.counted.map(([name]) => name)).toEqual(['Deployments']);
  });

  it('is done with a repository that no service takes any more', async () => {
    world.configuration = aConfiguration(
      [aPolicy({ images: [{ repository: 'other', tags: { kind: 'tag', tag: 'latest' } }] })],
      'configuration-2',
    );
    await world.ticks(12);
    expect(world.table.repositories.get(repository)?.dueAt).toBeUndefined();
  });

  it('asks rejected candidates again when the configuration changed, and tells again only another reason', async () => {
    await world.pushed('b', 'main-1');
    await world.crash(3);
    await world.completed();
    world.advance(120_000);
    await world.pushed('b', 'main-2');
    world.topic.told.length = 0;
    world.configuration = aConfiguration([aGlobPolicy({ hash: 'policy-2' })], 'configuration-2');
    await world.ticks(3);
    const rejected = world.history().filter(({ state }) => state === 'rejected');
    expect(rejected).toMatchObject([{ reason: { code: 'quarantined' } }]);
    expect(rejected[0]?.timeline).toHaveLength(2);
    expect(world.told()).toEqual(['enrolled']);
    expect(world.head().seen[repository]).toMatchObject({ outcome: 'rejected', policy: 'policy-2' });
  });

  it('tells once of a repository that it may not read, and lets it rest as long as any other', async () => {
    const page = world.registry.page.bind(world.registry);
    world.registry.page = async () => {
      throw new RefusedError('read images: AccessDeniedException: not authorized', 'AccessDeniedException');
    };
    world.topic.told.length = 0;
    world.recording.calls.length = 0;
    await world.ticks(50);
    expect(world.topic.told.map(({ code, headline }) => [code, headline])).toEqual([
      ['aws-refused', `repository ${repository} may not be read`],
    ]);
    expect(pages()).toHaveLength(7);
    world.registry.page = page;
    world.push('b', 'main-1');
    await world.ticks(14);
    expect(world.image()).toBe('b');
  });

  it('lets one rest whose listing AWS refuses for another cause, and begins anew before long where that is what was begun', async () => {
    const page = world.registry.page.bind(world.registry);
    world.registry.page = async (name, from) => {
      if (from !== undefined) throw new RefusedError('InvalidParameterException: the token has expired', 'InvalidParameterException');
      return page(name, from);
    };
    for (const letter of 'bcd'.split('')) world.push(letter, `main-${letter}`);
    world.configuration = { ...world.configuration, reconcile: { perMinute: 1 } };
    await world.ticks(10);
    world.registry.page = page;
    await world.ticks(4);
    expect(world.services.updates.length).toBe(1);
    world.registry.page = async () => {
      throw new RefusedError('KmsException: the key is disabled', 'KmsException');
    };
    world.recording.calls.length = 0;
    await world.ticks(42);
    expect(pages()).toHaveLength(6);
  });

  it('lets a missing repository rest though the topic refuses to hear of it, and tells it when it may', async () => {
    world.registry.page = async () => {
      throw new MissingError('repository', 'no such repository');
    };
    world.topic.told.length = 0;
    world.recording.calls.length = 0;
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.ticks(42);
    expect(pages()).toHaveLength(6);
    world.topic.refusal = undefined;
    await world.ticks(20);
    expect(world.topic.told.map(({ code }) => code)).toEqual(['repository-missing']);
  });
});
