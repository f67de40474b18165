import { describe, expect, it } from '@jest/globals';
import type { GatesPolicy } from '../../lib/domain/policy.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const scan: GatesPolicy = { scan: { block: 'critical', waitMs: 15 * minuteMs, otherwise: 'reject', allow: [] } };
const arm64 = { os: 'linux', architecture: 'arm64' };
const amd64 = { os: 'linux', architecture: 'amd64' };

/** A world whose service runs image a, is gated from then on, and follows `main-*` where told so. */
async function gated(gates: GatesPolicy, glob = false): Promise<FlowWorld> {
  const world = new FlowWorld(glob ? aConfiguration([aGlobPolicy()]) : aConfiguration());
  await world.verifiedBaseline('a', glob ? 'main-a' : 'latest');
  world.gate(gates);
  return world;
}

/** The same, where the service's revision says that it runs on linux/amd64. */
async function onAmd64(): Promise<FlowWorld> {
  const world = await gated({});
  const running = world.taskDefinitions.revisions.get(world.running());
  if (running !== undefined) world.taskDefinitions.revisions.set(running.arn, { ...running, platform: amd64 });
  return world;
}

const latest = (world: FlowWorld): string => world.history().at(-1)?.reason.code ?? '';

describe('the scan gate', () => {
  it('lets an image with a finding not deploy, says why, and deploys the fixed one', async () => {
    const world = await gated(scan);
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: { CRITICAL: 1 } });
    world.scans.set(digest('c'), { status: 'COMPLETE', counts: { HIGH: 1 } });
    await world.pushed('b');
    expect([world.image(), world.states().at(-1), latest(world)]).toEqual(['a', 'b rejected', 'scan-findings']);
    await world.pushed('c');
    expect([world.image(), world.states().at(-1)]).toEqual(['c', 'c deploying']);
  });

  it('releases to the minute when the result is there, though no event tells it', async () => {
    const world = await gated(scan);
    await world.pushed('b');
    expect(world.head().dueAt).toBe(new Date(world.now.getTime() + 15 * minuteMs).toISOString());
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    await world.ticks(14);
    expect(world.image()).toBe('a');
    await world.ticks(1);
    expect(world.image()).toBe('b');
  });

  it('rejects when the wait is over without a result', async () => {
    const world = await gated(scan);
    await world.pushed('b');
    await world.ticks(15);
    expect([world.image(), world.states().at(-1), latest(world)]).toEqual(['a', 'b rejected', 'scan-overdue']);
  });

  it('notices at once that nothing scans the repository', async () => {
    const world = await gated(scan);
    world.scans.unscanned.add(repository);
    await world.pushed('b');
    expect([world.states().at(-1), latest(world)]).toEqual(['b rejected', 'scan-missing']);
  });

  it('puts off no look at what runs by telling of an image that it refuses', async () => {
    const world = await gated(scan);
    world.scans.unscanned.add(repository);
    const dueAt = new Date(world.now.getTime() + 10 * minuteMs).toISOString();
    const current = { ...world.head().current!, state: 'baking', untested: true } as const;
    const { bakeStartedAt: _, ...untested } = current;
    world.table.heads.set(service, { ...world.head(), current: untested, dueAt });
    await world.pushed('b');
    expect([world.states().at(-1), world.head().dueAt]).toEqual(['b rejected', dueAt]);
  });

  it('asks an index by its platforms', async () => {
    const world = await gated(scan);
    const children = [
      { digest: digest('x'), platform: amd64 },
      { digest: digest('y'), platform: arm64 },
    ];
    world.contents.contents.set(digest('b'), { kind: 'index', children });
    world.scans.set(digest('x'), { status: 'ACTIVE', counts: {} });
    world.scans.set(digest('y'), { status: 'ACTIVE', counts: { CRITICAL: 2 } });
    await world.pushed('b');
    expect([world.image(), latest(world)]).toEqual(['a', 'scan-findings']);
  });

  it('reads the findings one by one only where one of those that bar may be allowed', async () => {
    const allow = [{ id: 'CVE-2026-1', until: '2027-01-31T00:00:00.000Z', reason: 'not reachable' }];
    const world = await gated({ scan: { block: 'critical', waitMs: minuteMs, otherwise: 'reject', allow } });
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: { CRITICAL: 1 }, findings: [{ id: 'CVE-2026-1', severity: 'CRITICAL' }] });
    await world.pushed('b');
    expect(world.image()).toBe('b');
    expect(world.recording.calls.filter(({ port }) => port === 'scans').map(({ args }) => args[2])).toEqual([false, true]);
  });

  it('asks nobody about scans where no gate is configured', async () => {
    const world = await gated({});
    await world.pushed('b');
    expect(world.image()).toBe('b');
    expect(world.recording.names().filter((name) => name.startsWith('scans.'))).toEqual([]);
  });
});

describe('the cool-down', () => {
  it('deploys an image at the minute at which it is old enough', async () => {
    const world = await gated({ ageMs: 30 * minuteMs });
    await world.pushed('b');
    await world.ticks(29);
    expect([world.image(), world.states().at(-1)]).toEqual(['a', 'b waiting']);
    await world.ticks(1);
    expect(world.image()).toBe('b');
  });

  it('starves nobody by a stream of pushes: the first comes through in its time, then the newest', async () => {
    const world = await gated({ ageMs: 30 * minuteMs }, true);
    for (const letter of ['b', 'c', 'd', 'e', 'f']) {
      await world.pushed(letter, `main-${letter}`);
      await world.ticks(8); // 40 minutes of pushes, each within the cool-down of the one before it.
    }
    expect(world.image()).toBe('b');
    await world.ticks(30);
    expect(world.image()).toBe('f');
  });

  it('of one tag deploys only what it names by then', async () => {
    const world = await gated({ ageMs: 30 * minuteMs });
    await world.pushed('b');
    await world.ticks(20);
    await world.pushed('c');
    await world.ticks(29);
    expect([world.image(), world.states()]).toEqual(['a', ['a live', 'b superseded', 'c waiting']]);
    await world.ticks(1);
    expect(world.image()).toBe('c');
  });
});

describe('the platform', () => {
  it('of a single image is asked: built for another, it is rejected and nothing runs it', async () => {
    const world = await onAmd64();
    world.contents.contents.set(digest('b'), { kind: 'image', platform: arm64 });
    await world.pushed('b');
    expect([world.image(), world.states().at(-1), latest(world)]).toEqual(['a', 'b rejected', 'platform-mismatch']);
    expect(world.told().slice(-1)).toEqual(['rejected']);
    expect(world.topic.told.map(({ state, deployment }) => [state, deployment]).filter(([state]) => state === 'deploying')).toEqual([]);
    await world.ticks(1);
    expect(world.head().current).toMatchObject({ state: 'live', images: { [repository]: { digest: digest('a') } } });
  });

  it('of an index is one of those that it holds', async () => {
    const world = await onAmd64();
    const children = [amd64, arm64].map((platform, nth) => ({ digest: digest(String(nth)), platform }));
    world.contents.contents.set(digest('b'), { kind: 'index', children });
    await world.pushed('b');
    expect(world.image()).toBe('b');
  });

  it('that cannot be read bars nothing, and is told with the deployment', async () => {
    const world = await onAmd64();
    world.contents.contents.set(digest('b'), { kind: 'image' });
    await world.pushed('b');
    expect(world.image()).toBe('b');
    expect(world.head().current?.notes).toEqual([expect.stringContaining('could not be read')]);
    await world.completed();
    expect(world.topic.told.at(-1)).toMatchObject({
      state: 'baking',
      facts: expect.arrayContaining([['Note', expect.stringContaining('could not be read')]]),
    });
  });

  it('is asked before what is in flight is given up', async () => {
    const world = await onAmd64();
    await world.pushed('b');
    world.advance(2 * minuteMs);
    const copy = world.taskDefinitions.revisions.get(world.running());
    if (copy !== undefined) world.taskDefinitions.revisions.set(copy.arn, { ...copy, platform: amd64 });
    world.contents.contents.set(digest('c'), { kind: 'image', platform: arm64 });
    await world.pushed('c');
    expect(world.states().slice(-2)).toEqual(['b deploying', 'c rejected']);
    expect(world.head().current?.images[repository]?.digest).toBe(digest('b'));
  });

  it('of an index in quarantine bars the index', async () => {
    const world = await gated({});
    world.contents.contents.set(digest('b'), { kind: 'index', children: [{ digest: digest('x'), platform: amd64 }] });
    const reason = { code: 'task-failures', text: 'it crashed' } as const;
    await world.needs().quarantine.add({ digest: digest('x'), since: world.now.toISOString(), service, deployment: 'other', reason });
    await world.pushed('b');
    expect([world.image(), latest(world)]).toEqual(['a', 'quarantined']);
  });
});
