import { describe, expect, it } from '@jest/globals';
import { compileTags } from '../../lib/config/compile-tags.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy, aPolicy } from '../fakes/policies.ts';

const byVersion = (hash: string) =>
  aPolicy({ hash, images: [{ repository, tags: compileTags({ match: '^v(?<key>.+)$', order: 'semver' }) }] });

/** The service runs image a, which was deployed as v1.1.0. */
async function aWorld(): Promise<FlowWorld> {
  const world = new FlowWorld(aConfiguration([byVersion('policy-1')]));
  await world.verifiedBaseline('a', 'v1.1.0');
  return world;
}

/** A tag is put on an image that is there, and its event is told. */
const retagged = (world: FlowWorld, letter: string, tag: string): Promise<void> => world.pushed(letter, tag);

/** An image that crashes is pushed under a tag, and rolled back. */
async function rolledBack(world: FlowWorld, letter: string, tag: string): Promise<void> {
  world.advance(60_000);
  await world.pushed(letter, tag);
  await world.crash(3);
  await world.completed();
}

describe('An older image never replaces what runs, measured by the tags that it has now', () => {
  it('also where what runs was given a newer tag after it was deployed, and the head has forgotten that', async () => {
    const world = await aWorld();
    await retagged(world, 'a', 'v1.6.0');
    await rolledBack(world, 'b', 'v1.8.0');
    world.advance(60_000);
    await world.pushed('c', 'v1.3.0');
    expect([world.image(), world.states().at(-1)]).toEqual(['a', 'c rejected']);
    expect(world.history().at(-1)?.reason).toEqual({ code: 'older-than-seen', text: 'v1.6.0 is the higher version' });
    await world.ticks(20);
    expect(world.image()).toBe('a');
  });

  it('also where it is the next best of a newest that is kept out, which is not even offered', async () => {
    const world = await aWorld();
    await world.pushed('c', 'v1.3.0');
    await retagged(world, 'a', 'v1.6.0');
    await rolledBack(world, 'b', 'v1.8.0');
    world.logged.length = 0;
    await world.ticks(20);
    expect(world.logged.filter(({ message, fields }) => message === 'candidate' && fields['tag'] === 'v1.3.0')).toEqual([]);
  });

  it('also where it was deployed under another policy, whose tags the new one does not take', async () => {
    const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
    await world.verifiedBaseline('a', 'main-1');
    world.registry.push(repository, digest('a'), 'v1.6.0', world.now.toISOString());
    await world.live('b', 'main-2');
    world.registry.push(repository, digest('b'), 'v1.8.0', world.now.toISOString());
    world.configuration = aConfiguration([byVersion('policy-2')], 'configuration-2');
    await world.ticks(10);
    await world.crash(3);
    await world.completed();
    await world.pushed('c', 'v1.3.0');
    expect([world.image(), world.states().at(-1)]).toEqual(['a', 'c rejected']);
    await world.pushed('d', 'v1.7.0');
    expect(world.image()).toBe('d');
  });

  it('and asks the registry nothing of it where push time alone decides', async () => {
    const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
    await world.verifiedBaseline('a', 'main-1');
    world.recording.calls.length = 0;
    await world.pushed('b', 'main-2');
    expect(world.recording.names().filter((name) => name === 'registry.byDigest')).toHaveLength(1);
    expect(world.image()).toBe('b');
  });

  it('while a version between what failed and what runs deploys, though the way back hung', async () => {
    const world = await aWorld();
    world.advance(60_000);
    await world.pushed('b', 'v1.8.0');
    await world.crash(3);
    world.advance(31 * 60_000);
    await world.tick();
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-overdue' } });
    await world.pushed('c', 'v1.3.0');
    expect(world.image()).toBe('c');
  });

  it('also where ECS went back to an image that was never verified, of which the record knows no more', async () => {
    const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
    await world.verifiedBaseline('a', 'main-1');
    world.registry.push(repository, digest('c'), 'other', world.now.toISOString()); // No tag that the service takes, yet.
    world.advance(60_000);
    await world.pushed('b', 'main-2');
    const unverified = world.services.services.get(service);
    const [rollout] = unverified?.rollouts ?? [];
    if (unverified === undefined || rollout === undefined) throw new Error('nothing was deployed');
    world.advance(60_000);
    await world.pushed('d', 'main-3');
    world.advance(30_000);
    const reason = `ECS deployment circuit breaker: rolling back to deploymentId ${rollout.id}.`;
    world.services.services.set(service, { ...unverified, rollouts: [{ ...rollout, updatedAt: world.now.toISOString(), reason }] });
    world.advance(60_000);
    await world.follow('SERVICE_DEPLOYMENT_FAILED');
    expect(world.head().current).toMatchObject({ state: 'rolling-back', rollback: { native: true, to: '' } });
    world.advance(60_000);
    await world.pushed('c', 'main-4');
    expect([world.image(), world.states().at(-1)]).toEqual(['b', 'c rejected']);
  });

  it('and what a person puts in the place of a newer one is held there', async () => {
    const world = await aWorld();
    await retagged(world, 'a', 'v1.6.0');
    await rolledBack(world, 'b', 'v1.8.0');
    await world.order('resume');
    world.push('c', 'v1.3.0');
    world.advance(60_000);
    expect(await world.order('deploy', { image: 'v1.3.0' })).toMatchObject({ outcome: 'done' });
    expect([world.image(), world.head().hold?.actor]).toEqual(['c', 'anna']);
  });
});
