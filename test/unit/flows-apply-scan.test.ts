import { describe, expect, it } from '@jest/globals';
import { applyScan } from '../../lib/flows/apply-scan.ts';
import type { ScanTold } from '../../lib/domain/scan-told.ts';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';

const scan = { block: 'critical', waitMs: 900_000, otherwise: 'reject', allow: [] } as const;
const told = (differing: Partial<ScanTold> = {}): ScanTold => ({
  repository,
  account: '123456789012',
  region: 'eu-west-1',
  digest: digest('b'),
  about: 'scan',
  ...differing,
});

/** A world whose service asks for scans, with image b waiting for its. */
async function waiting(): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  world.gate({ scan: { ...scan, allow: [] } });
  await world.pushed('b');
  return world;
}

const exposed = (world: FlowWorld) => world.topic.told.filter(({ state }) => state === 'exposed');

const hear = (world: FlowWorld, event = told()): Promise<void> => applyScan(event, world.needs(), world.invocation());

describe('apply-scan', () => {
  it.each<[name: string, counts: Record<string, number>, image: string, state: string]>([
    ['releases what its scan lets in', {}, 'b', 'b deploying'],
    ['has rejected what it does not', { CRITICAL: 1 }, 'a', 'b rejected'],
  ])('%s, by the next tick', async (_name, counts, image, state) => {
    const world = await waiting();
    world.scans.set(digest('b'), { status: 'COMPLETE', counts });
    await hear(world);
    expect(world.head().dueAt).toBe(world.now.toISOString());
    await world.ticks(1);
    expect([world.image(), world.states().at(-1)]).toEqual([image, state]);
  });

  it('leaves what still has no result waiting as long as it would have', async () => {
    const world = await waiting();
    const before = world.head();
    await hear(world, told({ digest: digest('z') }));
    expect(world.head()).toBe(before);
  });

  it('releases an index when the scan of its last platform is told', async () => {
    const world = new FlowWorld();
    await world.verifiedBaseline();
    world.gate({ scan: { ...scan, allow: [] } });
    const platforms = ['x', 'y'].map((letter) => ({ digest: digest(letter), platform: { os: 'linux', architecture: letter } }));
    world.contents.contents.set(digest('b'), { kind: 'index', children: platforms });
    await world.pushed('b');
    world.scans.set(digest('x'), { status: 'ACTIVE', counts: {} });
    await hear(world, told({ digest: digest('x') }));
    await world.ticks(1);
    expect(world.states().at(-1)).toBe('b waiting');
    world.scans.set(digest('y'), { status: 'ACTIVE', counts: {} });
    await hear(world, told({ digest: digest('y') }));
    await world.ticks(1);
    expect(world.image()).toBe('b');
  });

  it.each<[name: string, event: Partial<ScanTold>]>([
    ['of another repository', { repository: 'other' }],
    [
      'of a namesake in another account, where the configuration names the full registry',
      { account: '210987654321', repository: `${repository}x` },
    ],
  ])('skips the scan %s', async (_name, event) => {
    const world = await waiting();
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    const before = world.head();
    await hear(world, told(event));
    expect(world.head()).toBe(before);
    expect(world.logged.at(-1)).toMatchObject({ message: 'skipped' });
  });

  it('never touches a service', async () => {
    const world = await waiting();
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    const before = world.recording.names().length;
    await hear(world);
    const called = world.recording.names().slice(before);
    expect(called.filter((name) => /^(services|taskDefinitions|registry)\./.test(name))).toEqual([]);
  });
});

/** A world whose service runs image a and asks for scans, and a finding that is told of it. */
async function running(counts: Record<string, number>): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  world.gate({ scan: { ...scan, allow: [] } });
  world.scans.set(digest('a'), { status: 'ACTIVE', counts });
  return world;
}

describe('a finding on what runs', () => {
  const finding = told({ digest: digest('a'), about: 'finding' });

  it('is told once, however many findings are told, and names the services', async () => {
    const world = await running({ CRITICAL: 2, HIGH: 1 });
    for (let nth = 0; nth < 20; nth += 1) await hear(world, finding);
    expect(exposed(world)).toMatchObject([{ level: 'critical', service: 'production/web', code: 'exposed' }]);
    expect(world.image()).toBe('a');
  });

  it('is told again when a day has passed, and not before', async () => {
    const world = await running({ CRITICAL: 1 });
    await hear(world, finding);
    world.advance(86_400_000 - 1);
    await hear(world, finding);
    expect(exposed(world)).toHaveLength(1);
    world.advance(1);
    await hear(world, finding);
    expect(exposed(world)).toHaveLength(2);
  });

  it('is told again when it gets worse', async () => {
    const world = await running({ HIGH: 1 });
    world.gate({ scan: { ...scan, block: 'high', allow: [] } });
    await hear(world, finding);
    world.scans.set(digest('a'), { status: 'ACTIVE', counts: { HIGH: 1, CRITICAL: 1 } });
    await hear(world, finding);
    expect(exposed(world).map(({ level }) => level)).toEqual(['warning', 'critical']);
  });

  it.each<[name: string, counts: Record<string, number>, event: ScanTold]>([
    ['that is let in', { HIGH: 9 }, finding],
    ['on an image that does not run', { CRITICAL: 1 }, told({ digest: digest('z'), about: 'finding' })],
  ])('%s is told to nobody', async (_name, counts, event) => {
    const world = await running(counts);
    world.scans.set(digest('z'), { status: 'ACTIVE', counts });
    await hear(world, event);
    expect(exposed(world)).toEqual([]);
  });

  it('is told of the index that holds the platform', async () => {
    const world = await running({});
    const children = [{ digest: digest('x'), platform: { os: 'linux', architecture: 'amd64' } }];
    world.contents.contents.set(digest('a'), { kind: 'index', children });
    world.scans.set(digest('x'), { status: 'ACTIVE', counts: { CRITICAL: 1 } });
    await hear(world, told({ digest: digest('x'), about: 'finding' }));
    expect(exposed(world)).toHaveLength(1);
  });

  it('that the topic refuses is told when the event is tried again', async () => {
    const world = await running({ CRITICAL: 1 });
    const needs = world.needs();
    const refusing = { ...needs, topic: { tell: () => Promise.reject(new Error('refused')) } };
    const invocation = world.invocation();
    await expect(applyScan(finding, refusing, invocation)).rejects.toThrow('refused');
    await applyScan(finding, needs, invocation);
    expect(exposed(world)).toHaveLength(1);
  });
});
