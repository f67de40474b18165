import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../cli/verbs.ts';
import { TransientError } from '../../lib/errors.ts';
import { command, type Around } from '../fakes/command-line.ts';
import { digest, FlowWorld } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy } from '../fakes/policies.ts';

const golden = join(import.meta.dirname, '../golden/command-line-plan.txt');
const autopilot = {
  services: {
    'production/web': { image: 'my-web-app', tags: 'main-*', gates: { scan: { block: 'critical' } } },
    'production/shared-payments-gateway': { image: 'payments', tags: 'v*' },
  },
};
const file = { service: 'ecs-autopilot', provider: { stage: 'production', region: 'eu-west-1' }, custom: { autopilot } };

/** A world in which the newest has findings, the one after it is pushed and not yet heard of, and others are not taken. */
async function aWorld(): Promise<FlowWorld> {
  const world = new FlowWorld(aConfiguration([aGlobPolicy()]));
  await world.verifiedBaseline('a', 'main-0');
  world.scans.set(digest('a'), { status: 'COMPLETE', counts: {} });
  world.scans.set(digest('b'), { status: 'COMPLETE', counts: { MEDIUM: 3 } });
  world.scans.set(digest('c'), { status: 'COMPLETE', counts: { CRITICAL: 1, HIGH: 2 } });
  for (const [letter, tag] of [
    ['b', 'main-1'],
    ['c', 'main-2'],
    ['d', 'a-feature-with-quite-a-long-name-of-a-branch-that-somebody-works-on'],
  ] as const) {
    world.advance(1000);
    world.push(letter, tag);
  }
  world.registry.push('my-web-app', digest('b'), 'release-2026-11-23', world.now.toISOString());
  return world;
}

function around(world: FlowWorld): Around {
  const { topic: _, ...needs } = world.needs();
  return { file, now: world.now, needs };
}

describe('autopilot plan', () => {
  it('tells people what would be done now, and why, in lines of 80 columns', async () => {
    const world = await aWorld();
    const { out, err, status } = await command('plan production/web --limit 2', verbs, around(world));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, out);
    expect(out).toBe(readFileSync(golden, 'utf8'));
  });

  it('tells machines the same, in a shape that is a contract', async () => {
    const world = await aWorld();
    const { out } = await command('plan production/web --json', verbs, around(world));
    const plan = JSON.parse(out) as { repositories: Record<string, unknown>[] };
    expect(Object.keys(plan).join(' ')).toBe(
      'version service account region stage mode managed installation runs current hold obstacle repositories notes',
    );
    expect(plan).toMatchObject({
      version: 1,
      service: 'production/web',
      account: '123456789012',
      installation: { installed: true, enrolled: true, current: false },
      runs: { status: 'ACTIVE', taskDefinition: expect.stringContaining('web:1') },
      current: { state: 'live', images: { 'my-web-app': { tag: 'main-0' } } },
      hold: null,
      obstacle: null,
    });
    const [repository = {}] = plan.repositories;
    expect(Object.keys(repository)).toEqual(['repository', 'missing', 'complete', 'now', 'taken', 'takenMore', 'refused', 'refusedMore']);
    expect(repository).toMatchObject({
      complete: true,
      now: { tag: 'main-1', digest: digest('b'), action: 'deploy', reason: { code: 'new-image' } },
      taken: [
        { tag: 'main-2', action: 'reject', reason: { code: 'scan-findings' } },
        { tag: 'main-1', tags: ['main-1', 'release-2026-11-23'], action: 'deploy' },
        { tag: 'main-0', action: 'skip' },
      ],
      refused: [{ why: expect.stringContaining('does not match main-*') }],
    });
  });

  it.each<[line: string, status: number, complaint: string]>([
    ['plan', 2, 'plan needs a service: autopilot plan CLUSTER/SERVICE'],
    ['plan production/wbe', 2, 'The configuration names no service production/wbe. Did you mean production/web?'],
    ['plan production/web --limit ten', 2, '--limit takes a whole number from 1 to 100; found ten'],
    ['plan production/web --limit 0', 2, '--limit takes a whole number from 1 to 100; found 0'],
    ['plan production/web --limit 101', 2, '--limit takes a whole number from 1 to 100; found 101'],
    [
      'plan production/web --limits 5',
      2,
      'plan has no flag --limits. Did you mean --limit? Its flags: --limit, --stage, --region, --sandbox, --json, --yes, --help, --version',
    ],
  ])('%s ends with status %i', async (line, status, complaint) => {
    const ended = await command(line, verbs, around(await aWorld()));
    expect({ ...ended, err: ended.err.trim().replaceAll('\n', ' ') }).toMatchObject({ status, out: '', err: complaint });
  });

  it('ends with what AWS said where it cannot read', async () => {
    const world = await aWorld();
    world.registry.page = async () => {
      throw new TransientError('read images of my-web-app: ThrottlingException: slow down');
    };
    const err = 'read images of my-web-app: ThrottlingException: slow down\n';
    expect(await command('plan production/web', verbs, around(world))).toMatchObject({ status: 1, out: '', err });
  });
});
