import { describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { offerNewest } from '../../lib/flows/offer-newest.ts';
import { aDeployment } from '../fakes/decision-facts.ts';
import type { GatesPolicy } from '../../lib/domain/policy.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const scan: GatesPolicy = { scan: { block: 'critical', waitMs: 5 * minuteMs, otherwise: 'reject', allow: [] } };

/** A world whose service runs image a and takes the newest of `main-*`. */
async function aWorld(gates: GatesPolicy = {}): Promise<FlowWorld> {
  const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
  await world.verifiedBaseline('a', 'main-0');
  world.gate(gates);
  return world;
}

const writes = (world: FlowWorld): string[] =>
  world.recording.names().filter((name) => ['heads.change', 'log.write', 'topic.tell'].includes(name));

const ago = (world: FlowWorld, ms: number): string => new Date(world.now.getTime() - ms).toISOString();

describe('A candidate that something else than the image kept out', () => {
  it('deploys once the service that was missing is there', async () => {
    const world = await aWorld();
    const running = world.running();
    world.services.services.delete(service);
    await world.pushed('b', 'main-1');
    expect(world.states().at(-1)).toBe('b rejected');
    await world.ticks(60);
    world.services.add(service, running);
    await world.ticks(30);
    expect([world.image(), world.states().at(-1)]).toEqual(['b', 'b deploying']);
  });

  it('deploys once its scan, which came too late, has found nothing', async () => {
    const world = await aWorld(scan);
    await world.pushed('b', 'main-1');
    await world.ticks(6);
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'scan-overdue' } });
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    await world.ticks(15);
    expect(world.image()).toBe('b');
    expect(world.counted.map(([name]) => name)).toEqual(['Deployments']); // And no lost event healed: its event was heard.
  });

  it('deploys once the service runs on what it is built for, and claims nothing in vain before', async () => {
    const world = await aWorld();
    const onArm64 = (architecture: string): void => {
      const running = world.taskDefinitions.revisions.get(world.running());
      if (running !== undefined) world.taskDefinitions.revisions.set(running.arn, { ...running, platform: { os: 'linux', architecture } });
    };
    onArm64('arm64');
    await world.pushed('b', 'main-1');
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'platform-mismatch' } });
    await world.ticks(1);
    world.recording.calls.length = 0;
    await world.ticks(45);
    expect(world.recording.names()).toContain('contents.read');
    expect(world.recording.names().filter((name) => name === 'taskDefinitions.registerCopy' || name === 'log.write')).toEqual([]);
    onArm64('amd64');
    await world.ticks(15);
    expect(world.image()).toBe('b');
  });

  it('is told as waiting by nobody where it could not run in any case', async () => {
    const world = await aWorld();
    const running = world.taskDefinitions.revisions.get(world.running());
    if (running !== undefined)
      world.taskDefinitions.revisions.set(running.arn, { ...running, platform: { os: 'linux', architecture: 'arm64' } });
    await world.pushed('b', 'main-1');
    expect(world.states().at(-1)).toBe('b rejected');
    await world.order('hold');
    await world.ticks(1);
    world.topic.told.length = 0;
    await world.ticks(45);
    await world.order('resume');
    await world.ticks(15);
    expect(world.told().filter((state) => state === 'waiting' || state === 'rejected')).toEqual([]);
    expect(world.history().at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'platform-mismatch' } });
  });

  it('is asked again without a word while nothing has changed', async () => {
    const world = await aWorld(scan);
    await world.pushed('b', 'main-1');
    await world.ticks(30);
    world.recording.calls.length = 0;
    await world.ticks(45);
    expect(world.recording.names()).toContain('scans.latest');
    expect(writes(world).filter((name) => name !== 'heads.change')).toEqual([]);
    expect(world.history().at(-1)?.timeline).toHaveLength(2);
  });
});

describe('Where the newest is kept out', () => {
  it('the one after it, of which no event told, is found', async () => {
    const world = await aWorld(scan);
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    world.scans.set(digest('c'), { status: 'COMPLETE', counts: { CRITICAL: 1 } });
    world.push('b', 'main-1'); // Its event is lost.
    world.advance(1000);
    await world.pushed('c', 'main-2');
    expect([world.image(), world.states().at(-1)]).toEqual(['a', 'c rejected']);
    await world.ticks(15);
    expect([world.image(), world.states().at(-1)]).toEqual(['b', 'b deploying']);
  });

  it('the one that gave way to it is asked again', async () => {
    const world = await aWorld(scan);
    for (const [index, letter] of ['b', 'c', 'd'].entries()) {
      world.advance(1000);
      await world.pushed(letter, `main-${index + 1}`);
    }
    expect(world.states()).toEqual(['a live', 'b waiting', 'c superseded', 'd waiting']);
    for (const [letter, counts] of Object.entries({ b: { CRITICAL: 1 }, c: {}, d: { CRITICAL: 1 } }))
      world.scans.set(digest(letter), { status: 'COMPLETE', counts });
    await world.ticks(20);
    expect(world.image()).toBe('c');
  });

  it('the one after it is claimed only where it can run, and is on record where it cannot', async () => {
    const world = await aWorld(scan);
    const running = world.taskDefinitions.revisions.get(world.running());
    if (running !== undefined)
      world.taskDefinitions.revisions.set(running.arn, { ...running, platform: { os: 'linux', architecture: 'amd64' } });
    world.contents.contents.set(digest('b'), { kind: 'image', platform: { os: 'linux', architecture: 'arm64' } });
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    world.scans.set(digest('c'), { status: 'COMPLETE', counts: { CRITICAL: 1 } });
    world.push('b', 'main-1');
    world.advance(1000);
    await world.pushed('c', 'main-2');
    world.recording.calls.length = 0;
    await world.ticks(45);
    expect(world.states()).toEqual(['a live', 'c rejected', 'b rejected']);
    expect(world.history().at(-1)).toMatchObject({ reason: { code: 'platform-mismatch' }, timeline: { length: 1 } });
    expect(world.recording.names()).not.toContain('taskDefinitions.registerCopy');
  });

  it('the one after it is not taken again where its end is owed to the history still', async () => {
    const world = await aWorld(scan);
    const candidates = [];
    for (const [index, letter] of ['b', 'c'].entries()) {
      const { pushedAt } = world.registry.push(repository, digest(letter), `main-${index + 1}`, ago(world, 1_000 - index));
      candidates.unshift({ repository, digest: digest(letter), tag: `main-${index + 1}`, pushedAt, origin: 'reconciliation' as const });
    }
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    world.scans.set(digest('c'), { status: 'COMPLETE', counts: { CRITICAL: 1 } });
    const deployment = aDeployment({ state: 'cancelled', images: { [repository]: { digest: digest('b') } } });
    world.table.heads.set(service, { ...world.head(), owed: [{ kind: 'history', deployment }] });
    const { heads, ...needs } = world.needs();
    const unpaid = { ...needs, heads, log: { ...needs.log, write: () => Promise.reject(new TransientError('throttled')) } };
    await offerNewest(unpaid, candidates, aGlobPolicy({ gates: scan }), world.invocation());
    expect([world.image(), world.head().seen[repository]?.outcome]).toEqual(['a', 'rejected']);
  });

  it('and all after it too, each is on record once, and asked in vain without a word', async () => {
    const world = await aWorld(scan);
    for (const [index, letter] of 'bcdef0123'.split('').entries()) {
      world.advance(1000);
      world.push(letter, `main-${index + 1}`);
      world.scans.set(digest(letter), { status: 'COMPLETE', counts: { CRITICAL: 1 } });
    }
    await world.ticks(15);
    expect(world.states()).toEqual(['a live', '3 rejected', '2 rejected', '1 rejected', '0 rejected', 'f rejected']);
    world.recording.calls.length = 0;
    await world.ticks(45);
    expect(writes(world).filter((name) => name !== 'heads.change')).toEqual([]);
    expect(world.image()).toBe('a');
  });

  it('one that was rolled back does not come back, nor does what it replaced', async () => {
    const world = await aWorld();
    await world.live('b', 'main-1');
    await world.live('c', 'main-2');
    world.push('d', 'main-3');
    await world.ticks(15);
    await world.crash(3);
    await world.completed();
    expect(world.image()).toBe('c');
    await world.ticks(60);
    expect([world.image(), world.head().seen[repository]?.tag]).toEqual(['c', 'main-3']);
    expect(world.states()).toEqual(['a replaced', 'b replaced', 'c live', 'd rolled-back']);
  });
});
