import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';

const dayMs = 24 * 60 * 60_000;
let world: FlowWorld;

/** Images a and b were verified; b is live, and the day after begins. */
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  await world.live('b');
  world.topic.told.length = 0;
});

/** Lets the ticks of so many hours come, one an hour. */
async function hours(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    world.advance(60 * 60_000);
    await world.tick();
  }
}

const codes = (): string[] => world.topic.told.map(({ code }) => code);

describe('the readiness of a rollback', () => {
  it('is asked about daily, of each live service, and tells nothing while all is well', async () => {
    world.recording.calls.length = 0;
    await hours(49);
    expect(world.recording.names().filter((name) => name === 'registry.byDigest')).toHaveLength(2 * 2);
    expect(codes()).toEqual([]);
    expect(world.head().readiness?.fault).toBeUndefined();
  });

  it('is warned of once where the target could not start, and told when it could again', async () => {
    world.registry.archive(repository, digest('b'));
    await hours(26); // The guard is over: b itself is what the next deployment would go back to.
    expect(world.topic.told).toMatchObject([{ code: 'no-way-back', level: 'warning' }]);
    expect(world.topic.told[0]?.why).toMatch(/is archived; it would go to deployment \S+ instead/);
    await hours(30);
    expect(codes()).toEqual(['no-way-back']);
    const images = world.registry.repositories.get(repository);
    const archived = images?.get(digest('b'));
    if (archived !== undefined) images?.set(digest('b'), { ...archived, active: true });
    await hours(2);
    expect(codes()).toEqual(['no-way-back', 'way-back-again']);
    await hours(30);
    expect(codes()).toHaveLength(2);
  });

  it('is warned of again when the reason has changed', async () => {
    world.registry.archive(repository, digest('b'));
    await hours(26);
    world.registry.remove(repository, digest('b'));
    await hours(2);
    expect(codes()).toEqual(['no-way-back', 'no-way-back']);
    expect(world.topic.told.at(-1)?.why).toContain('gone from the registry');
  });

  it('is in guard that of the one before', async () => {
    const { current } = world.head();
    if (current !== undefined)
      world.table.heads.set(world.head().service, { ...world.head(), current: { ...current, guardUntil: '2026-12-31T00:00:00.000Z' } });
    world.registry.archive(repository, digest('a'));
    world.advance(dayMs);
    await hours(1);
    expect(codes()).toEqual(['no-way-back']);
    expect(world.topic.told[0]?.why).toContain('there is nothing else to go back to');
  });

  it('is asked of nothing that is in flight, and of no service without a target', async () => {
    world = new FlowWorld();
    await world.verifiedBaseline();
    world.topic.told.length = 0;
    const { current } = world.head();
    if (current !== undefined)
      world.table.heads.set(world.head().service, { ...world.head(), current: { ...current, guardUntil: '2026-12-31T00:00:00.000Z' } });
    world.registry.archive(repository, digest('a'));
    await hours(26);
    expect(codes()).toEqual([]);
  });

  it('is well where the revision is INACTIVE: it is registered anew when it is needed', async () => {
    world.deregister(world.running());
    await hours(26);
    expect(codes()).toEqual([]);
  });
});
