import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../cli/verbs.ts';
import { commandHash } from '../../lib/decide/commands/proof.ts';
import type { CommandAnswer } from '../../lib/domain/command-answer.ts';
import { MissingError, RefusedError } from '../../lib/errors.ts';
import { command, smallFile, type Around, type Ended } from '../fakes/command-line.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const digest = `sha256:${'d'.repeat(64)}`;
const done: CommandAnswer = { version: 1, outcome: 'done', reason: { code: 'resumed', text: 'it takes new images again' } };

interface Sent {
  payloads: Record<string, unknown>[];
  hashes: string[];
}

/** The command line, a function that gives this answer, and what was sent to it. */
async function ordering(line: string, answer: CommandAnswer | Error = done, around: Around = {}): Promise<Ended & Sent> {
  const sent: Sent = { payloads: [], hashes: [] };
  const needs: Around['needs'] = {
    signer: {
      sign: async (hash) => {
        sent.hashes.push(hash);
        return { method: 'POST', url: 'https://sts.amazonaws.com/', headers: {}, body: 'signed' };
      },
    },
    commands: {
      send: async (payload) => {
        sent.payloads.push(payload as Record<string, unknown>);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  };
  return { ...(await command(line, verbs, { ...around, needs })), ...sent };
}

describe('A verb that orders', () => {
  it.each<[line: string, sent: object]>([
    ['rollback production/web', { verb: 'rollback', service: 'production/web' }],
    ['rollback production/web --to 01KADNZZZZ0123456789ABCDEF --reason slow', { to: '01KADNZZZZ0123456789ABCDEF', reason: 'slow' }],
    ['hold production/web --reason release', { verb: 'hold', reason: 'release' }],
    ['resume production/web', { verb: 'resume', service: 'production/web' }],
    [`lift ${digest}`, { verb: 'lift', digest }],
    [`lift ${digest} --on production/web`, { verb: 'lift', service: 'production/web' }],
    ['deploy production/web v1.42.0 --skip-gates', { verb: 'deploy', image: 'v1.42.0', skipGates: true }],
    ['cancel production/web', { verb: 'cancel', service: 'production/web' }],
  ])('%s', async (line, sent) => {
    const { status, payloads } = await ordering(`${line} --yes`);
    expect(status).toBe(0);
    expect(payloads).toMatchObject([{ version: 1, id: expect.any(String), ...sent, proof: { body: 'signed' } }]);
    expect(Object.values(payloads[0] ?? {})).not.toContain(undefined);
  });

  it('proves who orders for this command, in this account, region and stage', async () => {
    const { hashes, payloads } = await ordering('resume production/web --yes');
    const { proof: _, ...members } = payloads[0] as Record<string, string>;
    expect(hashes).toEqual([commandHash(members, '123456789012/eu-central-1/production')]);
  });

  it.each<[outcome: CommandAnswer['outcome'], status: number, out: string]>([
    ['done', 0, 'Done: It takes new images again.\n'],
    ['nothing-to-do', 0, 'Nothing to do: It takes new images again.\n'],
    ['accepted', 0, 'Accepted: It takes new images again.\n'],
    ['refused', 1, 'Refused: It takes new images again.\n'],
  ])('ends with %s: status %i', async (outcome, status, out) => {
    expect(await ordering('resume production/web --yes', { ...done, outcome })).toMatchObject({ status, out });
  });

  it('answers machines with what the function answered', async () => {
    const { out } = await ordering('resume production/web --yes --json');
    expect(JSON.parse(out)).toEqual(done);
  });

  it('shows where a rollback could lead', async () => {
    const targets = [{ deployment: '01KADNZZZZ', images: { web: { digest, tag: 'v1' } }, verifiedAt: '2026-11-19T08:00:00.000Z' }];
    const refused = { ...done, outcome: 'refused' as const, reason: { code: 'not-verified' as const, text: 'no' }, targets };
    const { out } = await ordering('rollback production/web --yes', refused);
    expect(out).toContain('DEPLOYMENT  VERIFIED                 IMAGE\n01KADNZZZZ  2026-11-19 08:00:00 UTC  web:v1\n');
  });

  it('is a fault of usage where the function cannot read it', async () => {
    const faults = [{ path: 'to', found: '"last"', allowed: 'the id of a deployment' }];
    const { status, err } = await ordering('rollback production/web --to last --yes', { ...done, outcome: 'refused', faults });
    expect({ status, err }).toMatchObject({ status: 2, err: expect.stringContaining('to: found "last", allowed the id of a deployment') });
  });

  it.each<[what: string, fault: Error]>([
    ['nothing is installed there', new MissingError('function', 'There is no function ecs-autopilot-production-obey-command')],
    [
      'the caller may not',
      new RefusedError('you need lambda:InvokeFunction on ecs-autopilot-production-obey-command', 'AccessDeniedException'),
    ],
  ])('fails and says so where %s', async (_, fault) => {
    const { status, err } = await ordering('resume production/web --yes', fault);
    expect({ status, err }).toMatchObject({ status: 1, err: expect.stringContaining(fault.message) });
  });

  it.each<[line: string, around: Around]>([
    ['hold production/web --yes', {}],
    ['resume production/web', {}],
    [`lift ${digest} --on production/none --yes`, {}],
  ])('%s is refused before anything is sent', async (line, around) => {
    const { status, payloads } = await ordering(line, done, around);
    expect({ status, payloads }).toEqual({ status: 2, payloads: [] });
  });
});

describe('wake --all', () => {
  const autopilot = {
    services: {
      'production/web': { image: 'web', offPeak: 'nights' },
      'production/api': { image: 'api' },
      'production/admin': { image: 'admin', offPeak: 'berlin' },
    },
    schedules: {
      nights: { timezone: 'UTC', awake: ['Mon-Fri 07:00-20:00'] },
      berlin: { timezone: 'Europe/Berlin', awake: ['Mon-Fri 07:00-20:00'] },
    },
  };
  const around = { file: { ...smallFile, custom: { autopilot } }, now };

  it('orders every service that sleeps by a schedule, each by its own clocks', async () => {
    const { status, payloads, out } = await ordering('wake --all --until 12:00 --reason removal --yes', done, around);
    expect(status).toBe(0);
    expect(payloads.map(({ verb, service, until, reason }) => [verb, service, until, reason])).toEqual([
      ['wake', 'production/web', '2026-11-20T12:00:00.000Z', 'removal'],
      ['wake', 'production/admin', '2026-11-20T11:00:00.000Z', 'removal'],
    ]);
    expect(out).toBe('production/web\n  Done: It takes new images again.\nproduction/admin\n  Done: It takes new images again.\n');
  });

  it('fails where one is refused or cannot be ordered, and orders the others', async () => {
    for (const answer of [{ ...done, outcome: 'refused' as const }, new RefusedError('order wake', 'denied')]) {
      const { status, payloads, out } = await ordering('wake --all --for 1h --yes', answer, around);
      expect({ status, count: payloads.length }).toEqual({ status: 1, count: 2 });
      expect(out).toMatch(/^production\/web\n  (Refused|Failed): .+\nproduction\/admin\n  (Refused|Failed): .+\n$/);
    }
  });

  it.each([
    ['wake --for 1h --yes', 'wake takes either a service or --all'],
    ['wake production/web --all --for 1h --yes', 'wake takes either a service or --all'],
    ['wake --all --yes', 'say until when'],
  ])('%s is refused before anything is sent', async (line, says) => {
    const { status, payloads, err } = await ordering(line, done, around);
    expect({ status, payloads }).toEqual({ status: 2, payloads: [] });
    expect(err).toContain(says);
  });

  it('has nothing to do where no service sleeps', async () => {
    expect(await ordering('wake --all --for 1h --yes')).toMatchObject({ status: 0, payloads: [] });
  });
});

describe('every verb', () => {
  it('that changes something asks first, and says where', async () => {
    const { asked, err, payloads } = await ordering('resume production/web', done, { answer: true, file: smallFile });
    expect(asked).toEqual(['resume production/web: go on?']);
    expect(err).toBe('Account 123456789012, region eu-central-1, stage production\n');
    expect(payloads).toHaveLength(1);
  });

  it.each(verbs.map(({ name }) => name))('%s has help that fits the page', async (name) => {
    const { status, out } = await command(`${name} --help`, verbs);
    expect(status).toBe(0);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
