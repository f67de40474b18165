import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../cli/verbs.ts';
import { command } from '../fakes/command-line.ts';

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
const around = { file, now: new Date('2026-10-22T12:00:00.000Z') };

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
    expect(Object.keys(told).join(' ')).toBe('version service schedule timezone now edges days');
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
