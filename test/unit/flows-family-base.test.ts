import { describe, expect, it } from '@jest/globals';
import type { Head } from '../../lib/domain/head.ts';
import { digest, FlowWorld, registryHost, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const images = ['my-web-app', 'my-proxy'].map((repository) => ({ repository, tags: { kind: 'tag', tag: 'latest' } as const }));
const named = (proxy: string) => ({ web: `${registryHost}/my-web-app@${digest('a')}`, proxy: `${registryHost}/my-proxy${proxy}` });

/** A service that copies the newest revision of its family, which names another proxy than it runs; its record does not tell which that is. */
const aWorld = async (proxy: string): Promise<{ world: FlowWorld; forget: (differing?: Partial<Head>) => void }> => {
  const world = new FlowWorld(aConfiguration([aPolicy({ images, base: 'family' })]));
  world.registry.push('my-web-app', digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
  world.registry.push('my-proxy', digest('b'), 'latest', '2026-11-20T09:00:00.000Z');
  world.services.add(service, world.taskDefinitions.add('web', named(proxy)).arn);
  await world.ticks(13); // Where only a tag says what runs, a task that tells it is waited for a while.
  world.taskDefinitions.add('web', named(`@${digest('c')}`));
  const { current } = world.head();
  const forget = (differing: Partial<Head> = {}): void => {
    const known = current && { ...current, images: { 'my-web-app': { digest: digest('a') } } };
    world.table.heads.set(service, { ...world.head(), ...(known && { current: known }), ...differing });
  };
  forget();
  return { world, forget };
};

describe('a copy of the newest revision of a family', () => {
  it('carries on what the service runs, though its record does not tell that', async () => {
    const { world } = await aWorld(`@${digest('b')}`);
    await world.deploy(world.push('d', 'latest', 'my-web-app'));
    const copy = world.taskDefinitions.revisions.get(world.running())?.containers.map(({ image }) => image);
    expect(copy).toEqual([`${registryHost}/my-web-app@${digest('d')}`, `${registryHost}/my-proxy@${digest('b')}`]);
    expect(world.head().current?.images).toMatchObject({ 'my-web-app': { digest: digest('d') }, 'my-proxy': { digest: digest('b') } });
  });

  it('brings along none that was rolled back on this service, where only a tag says what runs', async () => {
    const barred = { [digest('c')]: { code: 'task-failures', text: 'it could not be pulled' } } as const;
    const { world, forget } = await aWorld(':latest');
    forget({ barred });
    await world.deploy(world.push('d', 'latest', 'my-web-app'));
    expect(world.services.updates).toEqual([]);
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'carries-quarantined' } });
    expect(world.history().at(-1)?.reason.text).toContain('my-proxy that was rolled back on this service: it could not be pulled');
    await world.ticks(2);
    world.recording.calls.length = 0;
    forget({ barred });
    await world.ticks(30);
    expect(world.recording.names().filter((name) => name === 'log.write')).toEqual([]); // Nothing is claimed in vain.
  });
});
