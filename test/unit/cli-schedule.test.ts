import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../cli/verbs.ts';
import type { ScheduledAction } from '../../lib/domain/scheduled-action.ts';
import { command, type Around } from '../fakes/command-line.ts';

const golden = join(import.meta.dirname, '../golden/command-line-schedule.txt');
const autopilot = {
  services: {
    'production/web': { image: 'my-web-app', offPeak: 'office-hours' },
    'production/always': { image: 'my-web-app' },
  },
  schedules: {
    'office-hours': {
      timezone: 'Europe/Berlin',
      awake: ['Mon-Fri 07:00-20:00', 'Sat 22:00-06:00'],
      holidays: ['2026-10-27'],
      exceptions: [{ awake: '2026-10-27 09:00-12:00' }],
    },
  },
};
const file = { service: 'ecs-autopilot', provider: { stage: 'production', region: 'eu-west-1' }, custom: { autopilot } };
const needs = (head: object | Error = {}, actions: ScheduledAction[] = []) =>
  ({
    heads: { read: async () => (head instanceof Error ? Promise.reject(head) : head) },
    scheduledActions: { of: async () => (head instanceof Error ? Promise.reject(head) : actions) },
  }) as unknown as NonNullable<Around['needs']>;
const around = { file, now: new Date('2026-10-22T12:00:00.000Z'), needs: needs() };

describe('autopilot schedule', () => {
  it('tells people each change in local time and UTC, holidays, and the days on which clocks change', async () => {
    const { out, err, status } = await command('schedule production/web --days 6', verbs, around);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, out);
    expect(out).toBe(readFileSync(golden, 'utf8'));
  });

  it('tells machines the same, in a shape that is a contract', async () => {
    const { out } = await command('schedule production/web --days 6 --json', verbs, around);
    const told = JSON.parse(out) as { edges: object[] };
    expect(Object.keys(told).join(' ')).toBe('version service schedule timezone now edges days lost notes');
    expect(told).toMatchObject({
      version: 1,
      schedule: 'office-hours',
      now: { level: 'awake', since: '2026-10-22T05:00:00.000Z', until: '2026-10-22T18:00:00.000Z', reason: { code: 'awake-window' } },
      days: [
        { date: 'Sun 2026-10-25', clocksMinutes: -60 },
        { date: 'Tue 2026-10-27', holiday: '2026-10-27' },
      ],
    });
    expect(told.edges[0]).toMatchObject({ at: '2026-10-22T18:00:00.000Z', local: 'Thu 2026-10-22 20:00 +02:00', level: 'asleep' });
  });

  it.each<[line: string, says: string]>([
    ['schedule production/always', 'production/always sleeps by no schedule'],
    ['schedule production/web --days 0', '--days takes a whole number from 1 to 366'],
    ['schedule production/web --days 367', '--days takes a whole number from 1 to 366'],
  ])('refuses %s', async (line, says) => {
    const { err, status } = await command(line, verbs, around);
    expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(says) });
  });

  it('says so where nothing changes', async () => {
    const nights = { timezone: 'America/New_York', awake: ['Mon-Sun 00:00-24:00'] };
    const always = { ...file, custom: { autopilot: { ...autopilot, schedules: { 'office-hours': nights } } } };
    const { out } = await command('schedule production/web --days 1', verbs, { ...around, file: always });
    expect(out).toContain('awake. office-hours is awake: Mon-Sun 00:00-24:00');
    expect(out).toContain('Nothing changes within 1 day.');
  });
});

describe('autopilot schedule, of what AWS tells', () => {
  it.each<[expression: string, timezone: string, first: string | undefined]>([
    ['cron(0 21 * * ? *)', 'Europe/Berlin', 'falls into its sleep, first 2026-10-22 19:00:00 UTC'],
    ['cron(0 21 ? * 6 *)', 'Europe/Berlin', 'falls into its sleep, first 2026-10-23 19:00:00 UTC'],
    ['cron(0 20 ? * MON-FRI *)', 'Europe/Berlin', 'falls into its sleep, first 2026-10-22 18:00:00 UTC'],
    ['cron(0 7 ? * MON *)', 'Europe/Berlin', undefined],
    ['cron(0 12 ? * 2-6 *)', 'UTC', 'falls into its sleep, first 2026-10-27 12:00:00 UTC'],
    ['at(2026-10-23T03:00:00)', 'UTC', 'falls into its sleep, first 2026-10-23 03:00:00 UTC'],
    ['at(2026-10-23T12:00:00)', 'UTC', undefined],
    ['cron(0 12 L * ? *)', 'UTC', 'may fall into its sleep'],
    ['rate(1 day)', 'UTC', undefined],
  ])('warns of %s in %s where it falls into sleep', async (expression, timezone, says) => {
    const { out } = await command('schedule production/web --days 6', verbs, {
      ...around,
      needs: needs({}, [{ name: 'morning', expression, timezone }]),
    });
    const flat = out.replaceAll(/\s+/g, ' ');
    const [, told] = /Warning: the scheduled action morning, (.+): AWS does not make up for it\./.exec(flat) ?? [];
    expect(told).toBe(says === undefined ? undefined : `${expression} (${timezone}), ${says}`);
  });

  it('knows when an action holds', async () => {
    const action = { name: 'old', expression: 'cron(0 21 * * ? *)', timezone: 'UTC', end: '2026-10-22T12:00:00.000Z' };
    expect((await command('schedule production/web', verbs, { ...around, needs: needs({}, [action]) })).out).not.toContain('Warning');
  });

  it('shows the order in force, and the edges by it; one that is past is none', async () => {
    const override = {
      level: 'awake',
      since: '2026-10-22T11:00:00.000Z',
      until: '2026-10-22T20:00:00.000Z',
      actor: 'ada',
      reason: 'a demo',
    };
    const { out } = await command('schedule production/web --days 1', verbs, { ...around, needs: needs({ override }) });
    expect(out).toContain('ordered   awake until 2026-10-22 20:00:00 UTC, by ada: a demo');
    expect(out).toContain('sleeps  Thu 2026-10-22 22:00 +02:00');
    const past = { ...override, until: '2026-10-22T11:30:00.000Z' };
    expect((await command('schedule production/web --days 1', verbs, { ...around, needs: needs({ override: past }) })).out).not.toContain(
      'ordered',
    );
  });

  it('tells the schedule where AWS cannot be asked, and says so', async () => {
    const { out, status } = await command('schedule production/web --days 1', verbs, {
      ...around,
      needs: needs(new Error('no credentials')),
    });
    expect(status).toBe(0);
    expect(out).toContain('What a person ordered could not be read: no credentials.');
    expect(out).toContain('Scheduled actions could not be read: no credentials.');
    expect(out).toContain('sleeps  Thu 2026-10-22 20:00 +02:00');
  });
});
