import { describe, expect, it } from '@jest/globals';
import { planService, type Plan } from '../../lib/flows/plan-service.ts';
import type { GatesPolicy, ServicePolicy } from '../../lib/domain/policy.ts';
import { RefusedError } from '../../lib/errors.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy, aPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const scan: GatesPolicy = { scan: { block: 'critical', waitMs: 15 * minuteMs, otherwise: 'reject', allow: [] } };
const readers = new Set([
  'heads.read',
  'history.list',
  'enrolment.read',
  'quarantine.barring',
  'registry.page',
  'registry.byTag',
  'contents.read',
  'scans.latest',
  'scans.onPush',
  'registry.byDigest',
  'services.read',
  'taskDefinitions.read',
]);

const noTable = async () => {
  throw new RefusedError('read an item: ResourceNotFoundException: no such table', 'ResourceNotFoundException');
};

/** A world whose service runs image a and takes the newest of `main-*`. */
async function aWorld(gates: GatesPolicy = {}): Promise<FlowWorld> {
  const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
  await world.verifiedBaseline('a', 'main-0');
  world.gate(gates);
  return world;
}

/** Plans, and proves that nothing but readers was called. */
async function planned(world: FlowWorld, { policy, limit = 10 }: { policy?: ServicePolicy; limit?: number } = {}): Promise<Plan> {
  world.recording.calls.length = 0;
  const own = policy ?? world.configuration.services[service];
  if (own === undefined) throw new Error('the service is not configured');
  const plan = await planService(world.needs(), own, { limit, configurationHash: world.configuration.hash }, world.invocation());
  expect(world.recording.names().filter((name) => !readers.has(name))).toEqual([]);
  return plan;
}

const now = ({ repositories: [one] }: Plan): [tag: string | undefined, action: string | undefined, code: string | undefined] => [
  one?.now?.candidate.tag,
  one?.now?.decision.action,
  one?.now?.decision.reason.code,
];

/** What reconciliation makes of the same world within a quarter of an hour. */
async function reconciled(world: FlowWorld): Promise<string> {
  await world.ticks(15);
  return world.image();
}

describe('A plan', () => {
  it('says that nothing is to be done where the newest runs', async () => {
    expect(now(await planned(await aWorld()))).toEqual(['main-0', 'skip', 'already-running']);
  });

  it('says what would be deployed, and reconciliation does just that', async () => {
    const world = await aWorld();
    world.push('b', 'main-1');
    world.advance(1000);
    world.push('c', 'main-2');
    expect(now(await planned(world))).toEqual(['main-2', 'deploy', 'new-image']);
    expect(await reconciled(world)).toBe('c');
  });

  it('says until when a scan is waited for, and what the gate says', async () => {
    const world = await aWorld(scan);
    world.push('b', 'main-1');
    const plan = await planned(world);
    const until = new Date(world.now.getTime() + 15 * minuteMs).toISOString();
    expect(plan.repositories[0]?.now?.decision).toMatchObject({ action: 'wait', until, reason: { code: 'scan-pending' } });
    expect(plan.repositories[0]?.taken[0]?.gates).toContainEqual(expect.objectContaining({ gate: 'scan', answer: 'wait', until }));
  });

  it('says the next best where the newest has findings, and reconciliation does just that', async () => {
    const world = await aWorld(scan);
    world.scans.set(digest('b'), { status: 'COMPLETE', counts: {} });
    world.scans.set(digest('c'), { status: 'COMPLETE', counts: { CRITICAL: 1 } });
    world.push('b', 'main-1');
    world.advance(1000);
    world.push('c', 'main-2');
    const plan = await planned(world);
    expect(now(plan)).toEqual(['main-1', 'deploy', 'new-image']);
    expect(plan.repositories[0]?.taken[0]?.decision).toMatchObject({ action: 'reject', reason: { code: 'scan-findings' } });
    expect(await reconciled(world)).toBe('b');
  });

  it.each<[name: string, code: string, gate: string, stage: (world: FlowWorld) => Promise<void>]>([
    [
      'in quarantine',
      'quarantined',
      'quarantine',
      async (world) => {
        const entry = { service: 'production/other', deployment: 'd', reason: { code: 'task-failures', text: 'it exits' } } as const;
        await world.needs().quarantine.add({ digest: digest('b'), since: world.now.toISOString(), ...entry });
      },
    ],
    [
      'barred on this service',
      'barred',
      'quarantine',
      async (world) => {
        const barred = { [digest('b')]: { code: 'task-failures', text: 'it exits' } as const };
        await world.needs().heads.change(service, world.head().version, { barred });
      },
    ],
    [
      'on hold',
      'on-hold',
      'hold',
      async (world) => {
        const hold = { since: world.now.toISOString(), actor: 'ann', reason: 'audit' };
        await world.needs().heads.change(service, world.head().version, { hold });
      },
    ],
    ['too young', 'too-young', 'age', async (world) => world.gate({ ageMs: 30 * minuteMs })],
    [
      'built for another platform',
      'platform-mismatch',
      'platform',
      async (world) => {
        const running = world.taskDefinitions.revisions.get(world.running());
        if (running === undefined) return;
        world.taskDefinitions.revisions.set(running.arn, { ...running, platform: { os: 'linux', architecture: 'arm64' } });
      },
    ],
    ['for a service that is missing', 'service-missing', 'kind', async (world) => void world.services.services.delete(service)],
    [
      'for a service in mode watch',
      'watch-only',
      'watch',
      async (world) => void (world.configuration = aConfiguration([aGlobPolicy({ mode: 'watch' })])),
    ],
    [
      'a minute after another at most',
      'too-soon',
      'turn',
      async (world) => {
        await world.needs().heads.change(service, world.head().version, { updatedServiceAt: world.now.toISOString() });
      },
    ],
  ])('names the gate that keeps an image out: %s', async (_, code, gate, stage) => {
    const world = await aWorld();
    world.push('b', 'main-1');
    await stage(world);
    const plan = await planned(world);
    expect(plan.repositories[0]?.taken[0]).toMatchObject({ candidate: { tag: 'main-1' }, decision: { reason: { code } } });
    const kept = plan.repositories[0]?.taken[0]?.gates.filter(({ answer }) => answer !== 'pass').map((one) => one.gate);
    expect(kept).toEqual([gate]);
  });

  it('shows as many as were asked for, newest first by the order of the policy, and counts the others', async () => {
    const world = await aWorld();
    for (const [index, letter] of 'bcd'.split('').entries()) {
      world.advance(1000);
      world.push(letter, `main-${9 - index}`);
      world.push(String(index), `feature-${index}`);
    }
    const order = { by: 'numeric' } as const;
    const policy = aPolicy({ images: [{ repository, tags: { kind: 'rule', match: '^main-(?<key>.+)$', order } }] });
    const { repositories } = await planned(world, { policy, limit: 2 });
    expect(repositories[0]?.taken.map(({ candidate }) => candidate.tag)).toEqual(['main-9', 'main-8']);
    expect(repositories[0]?.refused.map(({ image, why }) => [image.tags[0], why])).toEqual([
      ['feature-2', 'tags.match does not take feature-2'],
      ['feature-1', 'tags.match does not take feature-1'],
    ]);
    expect(repositories[0]).toMatchObject({ takenMore: 2, refusedMore: 1, complete: true });
  });

  it('of several images plans each', async () => {
    const world = await aWorld();
    world.registry.push('proxy', digest('9'), 'latest', world.now.toISOString());
    const images = [...aGlobPolicy().images, { repository: 'proxy', tags: { kind: 'tag', tag: 'latest' } as const }];
    const { repositories } = await planned(world, { policy: aGlobPolicy({ images }) });
    expect(repositories.map((one) => [one.repository, one.now?.decision.reason.code])).toEqual([
      [repository, 'already-running'],
      ['proxy', 'no-container'],
    ]);
  });

  it('tells that the configuration at hand is not the deployed one', async () => {
    const world = await aWorld();
    expect((await planned(world)).installation).toEqual({ installed: true, enrolled: true, current: true });
    world.configuration = { ...world.configuration, hash: 'edited' };
    expect((await planned(world)).installation.current).toBe(false);
  });

  it('plans before the service is enrolled: nothing would be deployed', async () => {
    const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
    world.push('b', 'main-1');
    world.addService('a');
    const plan = await planned(world);
    expect(plan.installation).toEqual({ installed: true, enrolled: false, current: false });
    expect(now(plan)).toEqual(['main-1', 'note', 'baseline']);
  });

  it('plans before there is a table', async () => {
    const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
    world.push('b', 'main-1');
    world.addService('a');
    const needs = { ...world.needs(), heads: { read: noTable }, quarantine: { barring: noTable } };
    const plan = await planService(needs, aGlobPolicy(), { limit: 10, configurationHash: 'any' }, world.invocation());
    expect(plan.installation).toEqual({ installed: false, enrolled: false, current: false });
    expect(now(plan)).toEqual(['main-1', 'note', 'baseline']);
  });

  it('tells of a repository that is missing', async () => {
    const world = await aWorld();
    world.registry.repositories.clear();
    expect((await planned(world)).repositories).toMatchObject([{ missing: { code: 'repository-missing' }, taken: [] }]);
  });
});
