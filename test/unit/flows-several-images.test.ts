import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, registryHost, service } from '../fakes/flow-world.ts';
import { memoryQuarantine } from '../fakes/memory-quarantine.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const images = ['my-web-app', 'my-proxy'].map((repository) => ({ repository, tags: { kind: 'tag', tag: 'latest' } as const }));
let world: FlowWorld;

const running = (): (string | undefined)[] =>
  (world.taskDefinitions.revisions.get(world.running())?.containers ?? []).map(({ image }) =>
    image.replace(`${registryHost}/`, '').replace(/(sha256:.).*/, '$1'),
  );

const quarantine = (letter: string): Promise<void> => {
  const entry = { digest: digest(letter), since: world.now.toISOString(), service: 'production/other', deployment: 'other' };
  return memoryQuarantine(world.table).add({ ...entry, reason: { code: 'task-failures', text: 'it crashed' } });
};

/** From now on the family's newest revision is copied, whether it ran or not. */
const withFamily = (): void => {
  world.configuration = aConfiguration([aPolicy({ images, base: 'family' })]);
};

beforeEach(async () => {
  world = new FlowWorld(aConfiguration([aPolicy({ images })]));
  for (const [repository, letter] of [
    ['my-web-app', 'a'],
    ['my-proxy', 'b'],
  ] as const)
    world.registry.push(repository, digest(letter), 'latest', '2026-11-20T09:00:00.000Z');
  const containers = {
    web: `${registryHost}/my-web-app@${digest('a')}`,
    proxy: `${registryHost}/my-proxy@${digest('b')}`,
    log: 'fluent/fluent-bit:3',
  };
  world.services.add(service, world.taskDefinitions.add('web', containers).arn);
  await world.ticks(8);
});

describe('a service of several repositories', () => {
  it('keeps the images of the others, and what nobody governs', async () => {
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    expect(running()).toEqual(['my-web-app@sha256:a', 'my-proxy@sha256:c', 'fluent/fluent-bit:3']);
    expect(world.head().current?.images).toMatchObject({ 'my-web-app': { digest: digest('a') }, 'my-proxy': { digest: digest('c') } });
  });

  it('says where the image comes from that it brings, and not those that it carries on', async () => {
    for (const letter of ['a', 'b', 'c']) world.contents.said.set(digest(letter), { authors: letter });
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    expect(world.head().current?.labels).toEqual({ 'my-proxy': { authors: 'c' } });
    expect(world.topic.told.at(-1)?.facts.filter(([label]) => label === 'Author')).toEqual([['Author', 'c']]);
  });

  it('deploys both of two pushes at once, the second a minute later, on top of the first', async () => {
    await Promise.all([world.deploy(world.push('c', 'latest', 'my-web-app')), world.deploy(world.push('d', 'latest', 'my-proxy'))]);
    await world.ticks(2);
    expect(running()).toEqual(['my-web-app@sha256:c', 'my-proxy@sha256:d', 'fluent/fluent-bit:3']);
    expect(world.services.updates).toHaveLength(2);
  });

  it('bars only the digests in which the failed revision differs from its target', async () => {
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    await world.crash(3);
    expect(running()).toEqual(['my-web-app@sha256:a', 'my-proxy@sha256:b', 'fluent/fluent-bit:3']);
    expect([...world.table.quarantine.keys()]).toEqual([digest('c')]);
    expect(Object.keys(world.head().barred)).toEqual([digest('c')]);
  });

  it('bars without a target only what differs from what ran before', async () => {
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    world.registry.remove('my-proxy', digest('b'));
    await world.crash(3);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'no-target' } });
    expect([...world.table.quarantine.keys()]).toEqual([digest('c')]);
  });

  it('asks no platform of what it carries on, for that runs there, whatever its manifest says', async () => {
    world.contents.contents.set(digest('a'), { kind: 'image', platform: { os: 'linux', architecture: 'arm64' } });
    const revision = world.taskDefinitions.revisions.get(world.running());
    if (revision === undefined) throw new Error('the service runs no revision');
    world.taskDefinitions.revisions.set(revision.arn, { ...revision, platform: { os: 'linux', architecture: 'amd64' } });
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    expect(running()).toEqual(['my-web-app@sha256:a', 'my-proxy@sha256:c', 'fluent/fluent-bit:3']);
  });

  it('asks the platform of what it brings, also where that ran there before', async () => {
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    world.advance(60_000);
    const revision = world.taskDefinitions.revisions.get(world.running());
    if (revision === undefined) throw new Error('the service runs no revision');
    world.taskDefinitions.revisions.set(revision.arn, { ...revision, platform: { os: 'linux', architecture: 'amd64' } });
    world.contents.contents.set(digest('b'), { kind: 'image', platform: { os: 'linux', architecture: 'arm64' } });
    await world.deploy(world.push('b', 'latest', 'my-proxy'));
    expect(running()).toContain('my-proxy@sha256:c');
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'platform-mismatch' } });
  });

  it('claims nothing in vain while what it would carry on is in quarantine, and deploys once that is lifted', async () => {
    await quarantine('a');
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'carries-quarantined' } });
    await world.ticks(2);
    world.recording.calls.length = 0;
    await world.ticks(45);
    const acts = ['taskDefinitions.registerCopy', 'log.write', 'topic.tell'];
    expect(world.recording.names().filter((name) => acts.includes(name))).toEqual([]);
    world.table.quarantine.clear();
    await world.ticks(15);
    expect(running()).toEqual(['my-web-app@sha256:a', 'my-proxy@sha256:c', 'fluent/fluent-bit:3']);
  });

  it('claims nothing in vain for one that is older than what was decided, either', async () => {
    const tags = { kind: 'glob', glob: 'main-*', pattern: '^main-[^/]*$' } as const;
    world.configuration = aConfiguration([aPolicy({ images: images.map((image) => ({ ...image, tags })) })], 'configuration-2');
    await world.ticks(2);
    await quarantine('a');
    await quarantine('d');
    world.push('c', 'main-1', 'my-proxy'); // Its event is lost.
    world.advance(1_000);
    await world.deploy(world.push('d', 'main-2', 'my-proxy'));
    await world.ticks(30);
    const older = world.history().filter(({ images: of }) => of['my-proxy']?.digest === digest('c'));
    expect(older).toMatchObject([{ state: 'rejected', reason: { code: 'carries-quarantined' } }]);
    world.recording.calls.length = 0;
    await world.ticks(45);
    expect(world.recording.names().filter((name) => name === 'log.write' || name === 'topic.tell')).toEqual([]);
  });

  it('rejects the push of a repository that no container runs any more', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/my-web-app@${digest('a')}` });
    world.advance(60_000);
    await world.services.run(service, arn);
    world.services.complete(service, world.now.toISOString());
    await world.follow();
    await world.deploy(world.push('c', 'latest', 'my-proxy'));
    expect(world.running()).toBe(arn);
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'no-container' } });
  });

  it('asks the quarantine of what the copy brings along from the newest revision of the family, which never ran', async () => {
    const family = new FlowWorld(aConfiguration([aPolicy({ images, base: 'family' })]));
    for (const repository of ['my-web-app', 'my-proxy'])
      family.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
    const byTag = { web: `${registryHost}/my-web-app:latest`, proxy: `${registryHost}/my-proxy:latest` };
    family.services.add(service, family.taskDefinitions.add('web', byTag).arn);
    await family.ticks(1);
    family.taskDefinitions.add('web', { ...byTag, web: `${registryHost}/my-web-app@${digest('f')}` });
    const entry = { digest: digest('f'), since: family.now.toISOString(), service: 'production/other', deployment: 'other' };
    await memoryQuarantine(family.table).add({ ...entry, reason: { code: 'task-failures', text: 'it crashed' } });
    await family.deploy(family.push('c', 'latest', 'my-proxy'));
    expect(family.services.updates).toEqual([]);
    expect(family.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'carries-quarantined' } });
  });

  describe('and what was rolled back on this service alone', () => {
    const barred = { [digest('c')]: { code: 'task-failures', text: 'it could not be pulled' } } as const;

    /** What is on record of the service's images, and of those that it bars. */
    const known = (differing: object): void => {
      world.table.heads.set(service, { ...world.head(), barred, ...differing });
    };

    it('is carried on where it runs all the same, since somebody else brought it', async () => {
      const { current } = world.head();
      known({ barred: { [digest('b')]: barred[digest('c')] }, current });
      await world.deploy(world.push('d', 'latest', 'my-web-app'));
      expect(running()).toEqual(['my-web-app@sha256:d', 'my-proxy@sha256:b', 'fluent/fluent-bit:3']);
    });

    it('is not carried on where the way back from it hung', async () => {
      withFamily();
      await world.deploy(world.push('c', 'latest', 'my-proxy'));
      await world.crash(3);
      world.advance(31 * 60_000);
      await world.tick();
      expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-overdue' } });
      await world.deploy(world.push('d', 'latest', 'my-web-app'));
      expect(running()).toEqual(['my-web-app@sha256:d', 'my-proxy@sha256:b', 'fluent/fluent-bit:3']);
    });
  });
});
