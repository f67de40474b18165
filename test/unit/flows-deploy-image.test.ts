import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { deployImage } from '../../lib/flows/deploy-image.ts';
import { deploymentTag, imageTag } from '../../lib/domain/task-definition.ts';
import { digest, FlowWorld, registryHost, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

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

describe('deploy-image', () => {
  it('runs a copy of the service’s revision, pinned to the pushed digest and tagged with the deployment', async () => {
    const before = world.running();
    await world.pushed('b');
    expect(world.services.updates).toEqual([{ service, taskDefinition: world.running() }]);
    const copy = world.taskDefinitions.revisions.get(world.running());
    const { current } = world.head();
    expect(copy?.containers).toEqual([{ name: 'web', image: `${registryHost}/${repository}@${digest('b')}`, essential: true }]);
    expect(copy?.tags).toEqual({ [deploymentTag]: current?.id, [imageTag]: `${repository}:latest@${digest('b').slice(0, 19)}` });
    expect(current).toMatchObject({ state: 'deploying', taskDefinition: world.running(), previousTaskDefinition: before });
    expect(world.head().acting).toBeUndefined();
    expect(world.told()).toEqual(['deploying']);
    expect(world.head().owed).toEqual([]);
  });

  it('keeps the deployment on record from the claim on, with ECS’s id of the rollout', async () => {
    await world.pushed('b');
    const primary = world.services.services.get(service)?.rollouts[0]?.id;
    expect(world.history().at(-1)).toMatchObject({ state: 'deploying', rolloutId: primary, origin: 'push' });
  });

  it('does nothing more when the same event comes again', async () => {
    const push = world.push('b');
    await world.deploy(push);
    const told = world.told().length;
    const head = world.head();
    await world.deploy(push);
    world.advance(90_000);
    await world.deploy(push);
    expect(world.services.updates).toHaveLength(1);
    expect(world.taskDefinitions.registered).toHaveLength(1);
    expect(world.told()).toHaveLength(told);
    expect(world.head()).toEqual(head);
  });

  it('does nothing for the image that runs, pushed anew', async () => {
    await world.pushed('a');
    expect(world.services.updates).toEqual([]);
    expect(world.history()).toHaveLength(1);
  });

  it('deploys what the tag names now, not what a late event tells', async () => {
    const late = world.push('b');
    const newer = world.push('c');
    await world.deploy(late);
    await world.deploy(newer);
    expect(world.image()).toBe('c');
    expect(world.services.updates).toHaveLength(1);
  });

  it('takes an older image to which the tag was moved back', async () => {
    await world.live('b');
    world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
    world.advance(60_000);
    await world.deploy(world.pushEvent('a'));
    expect(world.image()).toBe('a');
  });

  it('supersedes what is under way, a minute after it at the earliest', async () => {
    await world.pushed('b');
    world.advance(59_999);
    await world.pushed('c');
    expect(world.image()).toBe('b');
    expect(world.head().waiting[repository]?.[0]?.deployment.reason.code).toBe('too-soon');
    world.advance(1);
    await world.pushed('d');
    expect(world.image()).toBe('d');
    expect(world.states()).toEqual(['a live', 'b superseded', 'c superseded', 'd deploying']);
    expect(world.head().waiting).toEqual({});
  });

  it('ends a storm of pushes on the newest, with one update of the service a minute', async () => {
    const at: number[] = [];
    const run = world.services.run.bind(world.services);
    world.services.run = async (key, revision) => {
      at.push(world.now.getTime());
      return run(key, revision);
    };
    for (const [index, letter] of 'bcdef012345'.split('').entries()) {
      await world.pushed(letter);
      world.advance(15_000);
      if (index % 4 === 3) await world.tick();
    }
    await world.ticks(3);
    expect(world.image()).toBe('5');
    expect(at.slice(1).map((instant, index) => instant - (at[index] ?? 0) >= 60_000)).not.toContain(false);
    expect(at.length).toBeGreaterThan(2);
    expect(world.head().waiting).toEqual({});
    expect(world.states().filter((state) => /deploying|waiting/.test(state))).toEqual(['5 deploying']);
  });

  it('leaves what it wants and ends while another function acts', async () => {
    const acting = { by: 'somebody', until: '2026-11-23T12:08:00.000Z' };
    world.table.heads.set(service, { ...world.head(), acting });
    await world.pushed('b');
    expect(world.services.updates).toEqual([]);
    expect(world.head()).toMatchObject({ acting, dueAt: acting.until });
    expect(world.head().waiting[repository]?.[0]).toMatchObject({ until: acting.until, deployment: { reason: { code: 'busy' } } });
    await world.ticks(1);
    expect(world.image()).toBe('b');
    expect(world.head().acting).toBeUndefined();
  });

  it('decides again when somebody changes the head first', async () => {
    let rivals = 1;
    const needs = world.needs();
    const change = needs.heads.change.bind(needs.heads);
    needs.heads.change = async (key, version, what) => {
      if ((rivals -= 1) === 0) await change(key, version, { dueAt: null });
      return change(key, version, what);
    };
    await deployImage(world.push('b'), needs, world.invocation());
    expect(world.image()).toBe('b');
    expect(world.services.updates).toHaveLength(1);
  });

  it('asks to be called again when others change the head over and over', async () => {
    const needs = world.needs();
    needs.heads.change = async () => undefined;
    await expect(deployImage(world.push('b'), needs, world.invocation())).rejects.toBeInstanceOf(TransientError);
    expect(world.services.updates).toEqual([]);
  });

  it('notes nothing but a line of the log for a service that is not enrolled yet', async () => {
    world.table.heads.clear();
    await world.pushed('b');
    expect(world.services.updates).toEqual([]);
    expect(world.logged.at(-1)?.message).toBe('not enrolled yet: the next tick does');
  });

  it.each<[name: string, differing: object]>([
    ['an untagged child of an index', { tag: undefined }],
    ['a signature', { tag: `sha256-${'a'.repeat(64)}.sig` }],
    ['a chart', { artifactMediaType: 'application/vnd.cncf.helm.config.v1+json' }],
    ['a deletion', { action: 'DELETE' }],
    ['a push without digest', { digest: undefined }],
  ])('skips %s, with the reason in the log', async (_, differing) => {
    await world.deploy({ ...world.push('b'), ...differing });
    expect(world.services.updates).toEqual([]);
    expect(world.logged.at(-1)).toMatchObject({ message: 'skipped', fields: { code: 'not-runnable', why: expect.any(String) } });
  });

  it('leaves other tags and other repositories alone', async () => {
    await world.deploy({ ...world.push('b', 'nightly') });
    await world.deploy(world.push('b', 'latest', 'another-app'));
    expect(world.services.updates).toEqual([]);
    expect(world.history()).toHaveLength(1);
  });

  it('says so when no tag names the image any more', async () => {
    const push = world.push('b');
    world.registry.remove(repository, digest('b'));
    await world.deploy(push);
    expect(world.logged.at(-1)).toMatchObject({ message: 'no candidate', fields: { code: 'image-missing' } });
  });

  it('serves each service of a repository, whatever befalls another', async () => {
    const keys = ['production/web', 'production/admin', 'production/gone'];
    world = new FlowWorld(aConfiguration(keys.map((key) => aPolicy({ service: key }))));
    world.addService('a', 'production/admin', 'admin');
    await world.verifiedBaseline();
    const run = world.services.run.bind(world.services);
    world.services.run = async (key, revision) => {
      if (key === 'production/admin') throw new TransientError('throttled');
      return run(key, revision);
    };
    await expect(world.pushed('b')).rejects.toThrow('throttled');
    expect(world.image()).toBe('b');
    expect(world.head('production/admin')).toMatchObject({ current: { state: 'deploying' }, dueAt: world.now.toISOString() });
    expect(world.states('production/gone')).toEqual(['b rejected']);
    expect(world.history('production/gone')[0]?.reason.code).toBe('service-missing');
  });
});
