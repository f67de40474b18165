import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

async function glob(): Promise<void> {
  world = new FlowWorld(aConfiguration([aGlobPolicy()]));
  await world.verifiedBaseline('a', 'main-1');
  await world.pushed('b', 'main-2');
}

async function hold(): Promise<void> {
  await world.ticks(2); // What came before is rolling out by now.
  world.table.heads.set(service, { ...world.head(), hold: { since: '2026-11-23T12:00:00.000Z', actor: 'someone', reason: 'a demo' } });
}

function longWaits(): string[] {
  return world.topic.told.filter(({ id }) => id.endsWith('-over-an-hour')).map(({ id, level }) => `${id} ${level}`);
}

describe('the tick and what waits', () => {
  it('lets the newest through first, and supersedes the one before it', async () => {
    await glob();
    await world.pushed('c', 'main-3');
    world.advance(1000);
    await world.pushed('d', 'main-4');
    expect(world.head().waiting[repository]?.map(({ candidate }) => candidate.tag)).toEqual(['main-3', 'main-4']);
    await world.ticks(1);
    expect(world.image()).toBe('d');
    expect(world.states()).toEqual(['a live', 'b superseded', 'c superseded', 'd deploying']);
  });

  it('keeps the first and the newest of many', async () => {
    await glob();
    for (const [index, letter] of 'cdef'.split('').entries()) {
      world.advance(1000);
      await world.pushed(letter, `main-${index + 3}`);
    }
    expect(world.head().waiting[repository]?.map(({ candidate }) => candidate.tag)).toEqual(['main-3', 'main-6']);
  });

  it('rejects what is gone from the registry by then', async () => {
    await glob();
    await world.pushed('c', 'main-3');
    world.registry.remove(repository, digest('c'));
    await world.ticks(1);
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'image-missing' } });
    expect(world.head().waiting).toEqual({});
  });

  it('ends the wait of an image whose tag names another by then', async () => {
    await world.pushed('b');
    await world.pushed('c');
    world.push('d');
    await world.ticks(1);
    expect(world.image()).toBe('d');
    expect(world.states()).toEqual(['a live', 'b superseded', 'c superseded', 'd deploying']);
  });

  it('ends that wait too where the image that the tag names must wait itself', async () => {
    await world.pushed('b');
    world.table.heads.set(service, { ...world.head(), hold: { since: '2026-11-23T12:00:00.000Z', actor: 'someone', reason: 'a demo' } });
    await world.pushed('c');
    world.push('d');
    await world.ticks(61);
    expect(world.head().waiting[repository]?.map(({ candidate }) => candidate.digest)).toEqual([digest('d')]);
    expect(world.states()).toContain('c superseded');
  });

  it('ends the wait of an image that the service runs by then', async () => {
    await world.pushed('b');
    await world.pushed('c');
    const { arn } = world.taskDefinitions.add('web', { web: `host.dkr.ecr.eu-west-1.amazonaws.com/${repository}@${digest('c')}` });
    world.advance(1000);
    await world.services.run(service, arn);
    await world.follow();
    await world.ticks(2);
    expect(world.head().waiting).toEqual({});
    expect(world.states()).toContain('c cancelled');
    expect(world.services.updates).toHaveLength(2);
  });

  it('cancels what waits for a repository that the service no longer takes', async () => {
    await world.pushed('b');
    await world.pushed('c');
    world.registry.addRepository('other-app');
    const images = [{ repository: 'other-app', tags: { kind: 'tag', tag: 'latest' } as const }];
    world.configuration = aConfiguration([aPolicy({ images })], 'configuration-2');
    await world.ticks(1);
    expect(world.head().waiting).toEqual({});
    expect(world.states()).toContain('c cancelled');
  });

  it('asks a held service again when the hold is over', async () => {
    world.table.heads.set(service, { ...world.head(), hold: { since: '2026-11-23T12:00:00.000Z', actor: 'someone', reason: 'a demo' } });
    await world.pushed('b');
    await world.ticks(5);
    expect(world.image()).toBe('a');
    const { hold: _, ...free } = world.head();
    world.table.heads.set(service, free);
    await world.ticks(60);
    expect(world.image()).toBe('b');
  });

  it('tells once that a candidate waits for an hour, however often it is asked, and a newer one on its own', async () => {
    await glob();
    await hold();
    await world.pushed('c', 'main-3');
    const { id } = world.head().waiting[repository]?.[0]?.deployment ?? {};
    await world.ticks(59);
    expect(longWaits()).toEqual([]);
    await world.pushed('d', 'main-4');
    await world.ticks(1);
    expect(longWaits()).toEqual([`${id}#waiting-over-an-hour warning`]);
    await world.ticks(180);
    expect(longWaits()).toHaveLength(2);
    expect(new Set(longWaits()).size).toBe(2);
  });

  it('tells it when the topic takes messages again', async () => {
    await glob();
    await hold();
    await world.pushed('c', 'main-3');
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.ticks(90);
    world.topic.refusal = undefined;
    await world.ticks(3);
    expect(longWaits()).toHaveLength(1);
  });
});
