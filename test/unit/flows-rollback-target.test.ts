import { beforeEach, describe, expect, it } from '@jest/globals';
import { RefusedError } from '../../lib/errors.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  await world.pushed('b');
  world.topic.told.length = 0;
});

async function liveBefore(): Promise<void> {
  world.advance(30_000);
  await world.completed();
  await world.ticks(6);
  await world.live('c');
  await world.pushed('d');
}

function mayNotAsk(name: string, only?: string): void {
  const byDigest = world.registry.byDigest.bind(world.registry);
  world.registry.byDigest = async (asked, image) => {
    if (asked === name && (only === undefined || only === image)) throw new RefusedError('not authorized', 'AccessDeniedException');
    return byDigest(asked, image);
  };
}

describe('judge-stopped-task and the target', () => {
  it('is the newest verified', async () => {
    await liveBefore();
    await world.crash(3);
    expect(world.image()).toBe('c');
  });

  it.each<[name: string, spoil: () => void]>([
    ['whose image is gone', () => world.registry.remove(repository, digest('c'))],
    ['whose image is archived', () => world.registry.archive(repository, digest('c'))],
    ['whose revision is gone', () => void world.taskDefinitions.revisions.delete(world.head().verified[0]?.taskDefinition ?? '')],
  ])('is never one %s', async (_, spoil) => {
    await liveBefore();
    spoil();
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head().current).toMatchObject({ state: 'rolling-back', rollback: { to: world.head().verified[1]?.id } });
  });

  it('is none where none can start: failed, and paged with the reason', async () => {
    world.registry.remove(repository, digest('a'));
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'no-target' } });
    expect(world.head().current?.reason.text).toMatch(/gone from the registry/);
    expect(world.told()).toEqual(['failed']);
    expect(world.table.quarantine.has(digest('b'))).toBe(true);
  });

  it('is none where we may not ask after its image: failed, and paged with the reason', async () => {
    mayNotAsk(repository);
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'no-target' } });
    expect(world.head().current?.reason.text).toContain('could not be asked after');
  });

  it('is the one before where we may not ask after its image alone', async () => {
    await liveBefore();
    mayNotAsk(repository, digest('c'));
    await world.crash(3);
    expect(world.image()).toBe('b');
  });

  it('is gone back to where its repository is configured no more, of which nothing may be asked', async () => {
    const verified = world.head().verified.map((one) => ({ ...one, images: { 'former-name': { digest: digest('a') } } }));
    world.table.heads.set(service, { ...world.head(), verified });
    mayNotAsk('former-name');
    await world.crash(3);
    expect(world.image()).toBe('a');
  });

  it('may be in quarantine by another service', async () => {
    const reason = { code: 'task-failures', text: 'it crashed elsewhere' } as const;
    world.table.quarantine.set(digest('a'), {
      digest: digest('a'),
      since: '2026-11-23T12:00:00.000Z',
      service: 'other/service',
      deployment: 'other',
      reason,
    });
    await world.crash(3);
    expect(world.image()).toBe('a');
  });

  it.each<[name: string, policy: Parameters<typeof aPolicy>[0], code: string]>([
    ['mode is watch', { mode: 'watch' }, 'watch-only'],
    ['verify.rollback is false', { verify: { ...aPolicy().verify, rollback: false } }, 'rollback-disabled'],
  ])('is not gone back to where %s: told, and nothing is changed', async (_, differing, code) => {
    world.configuration = aConfiguration([aPolicy(differing)]);
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code } });
  });
});
