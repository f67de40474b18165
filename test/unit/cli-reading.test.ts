import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../cli/verbs.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Head } from '../../lib/domain/head.ts';
import { command, type Around, type Ended } from '../fakes/command-line.ts';
import { aDeployment } from '../fixtures/told-deployment.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const digest = `sha256:${'d'.repeat(64)}`;

const live = aDeployment('live', 'bake-passed', 'it ran for 600 s after its rollout completed', { verifiedAt: '2026-11-20T09:30:00.000Z' });
const before = aDeployment('replaced', 'replaced-by-newer', 'a newer went live', {
  id: '01KADNZZZZ0123456789ABCDEF',
  verifiedAt: '2026-11-19T08:00:00.000Z',
});

function aHead(differing: Partial<Head> = {}): Head {
  const empty = { waiting: {}, seen: {}, barred: {}, failures: [], owed: [] };
  return {
    service: 'production/web',
    version: 7,
    enrolledAt: '2026-11-01T00:00:00.000Z',
    current: live,
    verified: [live, before],
    ...empty,
    ...differing,
  };
}

/** The command line over heads and a history. */
function reading(line: string, head: Head | undefined, deployments: Deployment[] = []): Promise<Ended> {
  const needs = {
    heads: { read: async (service: string) => (service === 'production/web' ? head : undefined) },
    history: { list: async (_: string, limit: number) => deployments.slice(0, limit) },
    quarantine: {
      barring: async (digests: string[]) =>
        digests.map((one) => ({ digest: one, since: '', service: '', deployment: '', reason: { code: 'quarantined' as const, text: '' } })),
    },
  };
  return command(line, verbs, { needs: needs as unknown as NonNullable<Around['needs']>, now });
}

const hold = { since: '2026-11-20T09:40:00.000Z', actor: 'arn:aws:iam::123456789012:user/ada', reason: 'release week' };
const sleep = {
  since: hold.since,
  reason: { code: 'off-peak' as const, text: 'it is night' },
  state: 'asleep' as const,
  saved: { desired: 2 },
  left: { desired: 0 },
};
const override = { level: 'awake' as const, since: hold.since, until: '2026-11-20T12:00:00.000Z', actor: 'ada', reason: 'a demo' };
const trouble = { count: 4, reason: 'TransientError: ThrottlingException', until: '2026-11-20T10:08:00.000Z' };

describe('status', () => {
  it.each<[what: string, head: Head | undefined, expected: string]>([
    ['what runs', aHead(), 'my-web-app:v1.42.0  live '],
    ['a hold, and why', aHead({ hold }), 'on hold: release week'],
    ['work that fails', aHead({ trouble }), 'failing work: TransientError'],
    ['why nothing can be deployed', aHead({ obstacle: { code: 'service-missing', text: 'ECS knows no service' } }), 'ECS knows no service'],
    ['that it is asleep', aHead({ sleep }), 'asleep since 2026-11-20'],
    ['that there is no way back', aHead({ verified: [live] }), 'nothing older to go back to yet'],
    ['that it is not enrolled', undefined, 'not enrolled yet'],
  ])('tells in a line %s', async (_, head, expected) => {
    const { status, out } = await reading('status', head);
    expect(status).toBe(0);
    expect(out.split('\n').find((line) => line.startsWith('production/web'))).toContain(expected);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('tells of one service all that is in the way, within the page', async () => {
    const waiting = aDeployment('waiting', 'on-hold', 'ada holds the service: release week');
    const candidate = { repository: 'web', digest, tag: 'v2', pushedAt: hold.since, origin: 'push' as const };
    const barred = { 'sha256:bad': { code: 'by-hand' as const, text: 'ada ordered to go back' } };
    const left = [{ id: 'x', verb: 'rollback' as const, service: 'production/web', actor: 'ada', leftAt: hold.since }];
    const head = aHead({
      hold,
      trouble,
      barred,
      left,
      sleep,
      override,
      waiting: { web: [{ candidate, deployment: waiting, until: trouble.until }] },
    });
    const { out } = await reading('status production/web', head, [
      aDeployment('rolled-back', 'back-on-target', 'it is back', { rollback: { to: 'x', taskDefinition: 'web:1', startedAt: hold.since } }),
    ]);
    for (const told of [
      'On hold',
      'release week',
      'Trouble',
      'Waits       web:v2',
      'Ordered     rollback by ada',
      'Quarantined sha256:bad',
      'Went back',
      'Off-peak    asleep since 2026-11-20 09:40:00 UTC; it had 2 tasks',
      'Ordered     awake until 2026-11-20 12:00:00 UTC, by ada: a demo',
      '01KADNZZZZ0123456789ABCDEF',
    ])
      expect(out).toContain(told);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('tells machines the same', async () => {
    const { out } = await reading('status production/web --json', aHead({ hold, sleep, override }));
    expect(JSON.parse(out)).toMatchObject({
      service: 'production/web',
      sleep,
      override,
      state: 'live',
      hold,
      targets: [{ deployment: '01KADNZZZZ0123456789ABCDEF' }],
      waiting: [],
    });
    const all = await reading('status --json', aHead());
    expect(JSON.parse(all.out)).toMatchObject({
      services: [{ service: 'production/web' }, { service: 'production/api', enrolled: false }],
    });
  });
});

describe('history', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ ...live, id: `deployment-${index}` }));

  it.each([
    ['history production/web', 10],
    ['history production/web --limit 3', 3],
    ['history production/web --limit 1000', 30],
  ])('%s shows %i', async (line, count) => {
    const { out } = await reading(line, undefined, many);
    expect(out.match(/deployment-\d+/g)).toHaveLength(count);
  });

  it.each(['0', 'many', '1.5', '1001'])('takes no limit of %s', async (limit) => {
    const { status, err } = await reading(`history production/web --limit ${limit}`, undefined, many);
    expect({ status, err }).toEqual({ status: 2, err: `--limit takes a whole number from 1 to 1000; found ${limit}\n` });
  });

  it('tells why, by whom, and stays within the page', async () => {
    const back = aDeployment('rolled-back', 'back-on-target', 'the service runs web:2 again', {
      rollback: { to: 'x', taskDefinition: 'web:2', startedAt: hold.since, actor: 'ada' },
      timeline: [{ at: hold.since, state: 'rolling-back', reason: { code: 'by-hand', text: 'ada ordered to go back: slow' } }],
    });
    const { out } = await reading('history production/web', undefined, [{ ...live, actor: 'berta' }, back]);
    expect(out).toContain('  Ordered by berta.\n');
    expect(out).toContain('  ada ordered to go back: slow.\n');
    expect(out).toContain('  The service runs web:2 again.\n');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('says that nothing is on record', async () => {
    expect((await reading('history production/web', undefined)).out).toBe('Nothing is on record of production/web yet.\n');
  });
});
