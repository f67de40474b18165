import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { takes, type Channel } from '../../lib/domain/channel.ts';
import { applyScan } from '../../lib/flows/apply-scan.ts';
import { digest, FlowWorld, registryHost, repository, service } from '../fakes/flow-world.ts';

let world: FlowWorld;
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

const last = () => world.topic.told.at(-1);
const over = () => world.topic.told.filter(({ code }) => code === 'over');
/** What somebody who is told of warnings alone hears, as state and reason. */
const loud: Channel = { id: 'loud', address: { kind: 'amazon-q' }, level: 'warning' };
const heard = () => world.topic.told.filter((told) => takes(loud, told)).map(({ state, code }) => `${state} ${code}`);

async function rolledBack(letter: string): Promise<string> {
  await world.pushed(letter);
  const { id = '' } = world.head().current ?? {};
  await world.crash(3);
  await world.completed();
  return id;
}

describe('the next live deployment', () => {
  it('closes those that were rolled back before it, in their threads', async () => {
    const first = await rolledBack('b');
    world.advance(60_000);
    const second = await rolledBack('c');
    world.advance(60_000);
    await world.live('d');
    expect(last()).toMatchObject({ state: 'live', level: 'info', closes: { level: 'critical', threads: [first, second] } });
    expect(last()?.facts).toContainEqual(['Closes', 'my-web-app:latest was rolled back; my-web-app:latest was rolled back']);
    expect(world.head().open).toBeUndefined();
    expect(heard().at(-1)).toBe('live bake-passed');
  });

  it('closes one that failed, and nothing a second time', async () => {
    const policy = world.configuration.services[service];
    if (policy !== undefined) policy.verify = { ...policy.verify, rollback: false };
    await world.pushed('b');
    const { id = '' } = world.head().current ?? {};
    await world.crash(3);
    expect(world.head()).toMatchObject({ current: { state: 'failed' }, open: [{ thread: id, level: 'critical' }] });
    world.advance(60_000);
    await world.live('c');
    expect(last()?.closes).toEqual({ level: 'critical', threads: [id] });
    await world.live('d');
    expect(last()).toMatchObject({ state: 'live' });
    expect(last()?.closes).toBeUndefined();
  });

  it('says to whoever heard that somebody else deployed what came of it', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}@${digest('b')}` });
    await world.services.run(service, arn);
    await world.follow();
    await world.completed();
    await world.ticks(8);
    expect(heard()).toEqual(['external external', 'live bake-passed']);
  });

  it('closes the findings on what ran before, unless it runs the same', async () => {
    world.gate({ scan: { block: 'critical', waitMs: 900_000, otherwise: 'deploy', allow: [] } });
    world.scans.set(digest('a'), { status: 'ACTIVE', counts: { CRITICAL: 2 } });
    const scan = { repository, account: '123456789012', region: 'eu-west-1', digest: digest('a'), about: 'finding' } as const;
    await applyScan(scan, world.needs(), world.invocation());
    expect(world.head().open).toMatchObject([{ thread: `exposed#${digest('a')}`, digest: digest('a') }]);
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}@${digest('a')}` });
    await world.services.run(service, arn);
    await world.follow();
    await world.completed();
    await world.ticks(8);
    expect([last()?.state, last()?.closes?.threads]).toEqual(['live', undefined]);
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    await world.live('b');
    expect(last()).toMatchObject({ state: 'live', closes: { level: 'critical', threads: [`exposed#${digest('a')}`] } });
    expect(last()?.facts).toContainEqual(['Closes', '2 CRITICAL on what ran before']);
  });
});

describe('that it is over', () => {
  it('is told of a wait of an hour when it is deployed at last', async () => {
    world.gate({ ageMs: 2 * 3_600_000 });
    await world.pushed('b');
    await world.ticks(125);
    expect(heard()).toEqual(['waiting too-young', 'deploying new-image']);
  });

  it('is told of work that failed again and again, once it goes on, and once', async () => {
    const read = world.services.read.bind(world.services);
    world.services.read = async () => {
      throw new TransientError('throttled');
    };
    await world.pushed('b').catch(() => undefined);
    const { enrolledAt, ...head } = world.head();
    world.table.heads.set(service, { ...head, enrolledAt, dueAt: world.now.toISOString() });
    await world.ticks(8);
    world.services.read = read;
    expect(over()).toEqual([]);
    await world.ticks(10);
    expect(over()).toMatchObject([{ thread: `${service}#trouble`, level: 'info', closes: { level: 'warning' } }]);
    expect(heard()).toEqual(['trouble work-failing', 'trouble over']);
  });

  it('is not told of work that failed twice', async () => {
    world.table.heads.set(service, {
      ...world.head(),
      trouble: { count: 2, reason: 'throttled', until: world.now.toISOString() },
      dueAt: world.now.toISOString(),
    });
    await world.ticks(2);
    expect([world.head().trouble, over()]).toEqual([undefined, []]);
  });

  it('is told of a service that was missing and is there again', async () => {
    const observed = world.services.services.get(service);
    world.services.services.delete(service);
    await world.follow();
    expect(heard()).toEqual(['trouble service-missing']);
    if (observed !== undefined) world.services.services.set(service, observed);
    await world.follow();
    expect(over()).toMatchObject([{ thread: `${service}#obstacle`, why: expect.stringContaining('until now it could not') }]);
  });

  it('is told of a way back that completed after people were paged', async () => {
    await world.pushed('b');
    const { id = '' } = world.head().current ?? {};
    await world.crash(3);
    await world.ticks(40);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-overdue' } });
    await world.completed();
    await world.ticks(2);
    expect(over()).toMatchObject([{ thread: id, closes: { level: 'critical' } }]);
  });

  it('is told of a repository that can be read again', async () => {
    world.registry.repositories.delete(repository);
    await world.ticks(15);
    expect(heard()).toEqual(['trouble repository-missing']);
    world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
    await world.ticks(15);
    expect(heard()).toEqual(['trouble repository-missing', 'trouble over']);
  });
});

describe('a service of which only warnings are told', () => {
  it('is silent of its daily life, puts all on record, and tells the end of what it told', async () => {
    const policy = world.configuration.services[service];
    if (policy !== undefined) policy.level = 'warning';
    await world.live('b');
    expect([world.told(), world.head().owed]).toEqual([[], []]);
    expect(world.states()).toContain('b live');
    world.advance(60_000);
    await rolledBack('c');
    world.advance(60_000);
    await world.live('d');
    expect(world.told()).toEqual(['rolling-back', 'rolled-back', 'live']);
  });
});
