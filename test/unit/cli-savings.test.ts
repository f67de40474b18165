import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../cli/verbs.ts';
import type { TaskShape } from '../../lib/domain/savings.ts';
import type { LaunchShare, Sleep, SleptRecord } from '../../lib/domain/sleep.ts';
import { command, type Around } from '../fakes/command-line.ts';

const golden = join(import.meta.dirname, '../golden/command-line-savings.txt');
const services = Object.fromEntries(['web', 'worker', 'spot', 'always'].map((name) => [`production/${name}`, { image: 'my-web-app' }]));
const file = (differing: object = {}) => ({
  service: 'ecs-autopilot',
  provider: { stage: 'production', region: 'eu-west-1' },
  custom: { autopilot: { services, ...differing } },
});

const arn = (name: string): string => `arn:aws:ecs:eu-west-1:123456789012:task-definition/${name}:7`;
const on = (...providers: string[]): LaunchShare[] => providers.map((provider) => ({ provider, base: 0, weight: 1 }));
const night = (day: string, next: string, name: string, launch: LaunchShare[], desired = 2): SleptRecord => ({
  since: `2026-${day}T19:00:00.000Z`,
  saved: { desired },
  ran: { taskDefinition: arn(name), launch },
  counts: [
    { at: `2026-${day}T19:00:00.000Z`, desired: 0 },
    { at: `2026-${next}T06:00:00.000Z`, desired },
  ],
});
const asleep = (differing: Partial<Sleep> = {}): Sleep => ({
  since: '2026-11-24T19:00:00.000Z',
  reason: { code: 'off-peak', text: 'at night' },
  state: 'asleep',
  saved: { desired: 2 },
  left: { desired: 0 },
  askedAt: '2026-11-24T19:00:00.000Z',
  ran: { taskDefinition: arn('web'), launch: on('FARGATE') },
  counts: [{ at: '2026-11-24T19:00:00.000Z', desired: 0 }],
  ...differing,
});

const half = { vcpu: 0.5, gb: 1 };
const shapes: Record<string, TaskShape> = {
  [arn('web')]: { size: half, platform: 'linux/amd64' },
  [arn('worker')]: { size: { vcpu: 1, gb: 2 } },
  [arn('spot')]: { size: half, platform: 'linux/arm64', extraStorageGb: 30 },
};
const record: Record<string, SleptRecord[]> = {
  'production/web': [night('11-02', '11-03', 'web', on('FARGATE')), night('10-31', '11-01', 'web', on('FARGATE'))],
  'production/worker': [night('11-02', '11-03', 'worker', on('EC2'))],
  'production/spot': [night('11-02', '11-03', 'spot', on('FARGATE', 'FARGATE_SPOT'))],
};

interface Given {
  sleep?: Sleep;
  wouldSleep?: Sleep;
  slept?: Record<string, SleptRecord[]>;
  known?: Record<string, TaskShape>;
}
const around = ({ sleep, wouldSleep, slept = record, known = shapes }: Given = {}, differing: object = {}): Around => ({
  file: file(differing),
  now: new Date('2026-11-24T21:00:00.000Z'),
  needs: {
    heads: { read: async (service: string) => (service === 'production/web' ? { sleep, wouldSleep } : {}) },
    sleeps: { list: async (service: string) => slept[service] ?? [] },
    taskDefinitions: {
      read: async (name: string) => {
        if (name === arn('broken')) throw new Error('read task definition broken:7: Rate exceeded');
        return known[name] === undefined ? undefined : { arn: name };
      },
    },
    shapeOf: ({ arn: name }: { arn: string }) => known[name],
  } as unknown as NonNullable<Around['needs']>,
});
const told = async (line: string, given: Given = {}, differing: object = {}) => {
  const { out } = await command(`${line} --json`, verbs, around(given, differing));
  return JSON.parse(out) as {
    services: { service: string; month: string; taskHours: number; usd: number | null; running: boolean }[];
    total: object;
    notes: string[];
  };
};

const notes = async (given: Given, line = 'savings production/web') => (await told(line, given)).notes.join(' ');

describe('autopilot savings', () => {
  it('tells people hours and money of each service and month, in 80 columns', async () => {
    const { out, err, status } = await command('savings --months 2', verbs, around({ sleep: asleep() }));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(
      Math.max(
        ...out
          .split('\n')
          .filter((line) => !line.includes('https://'))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, out);
    expect(out).toBe(readFileSync(golden, 'utf8'));
  });

  it('tells machines the same, in a shape that is a contract', async () => {
    const found = await told('savings');
    expect(Object.keys(found).join(' ')).toBe('version region at currency assumption months services totals total asleep prices notes');
    expect(found).toMatchObject({
      version: 1,
      region: 'eu-west-1',
      currency: 'USD',
      months: ['2026-11'],
      services: [
        {
          service: 'production/web',
          month: '2026-11',
          running: false,
          taskHours: 34,
          vcpuHours: 17,
          gbHours: 34,
          usd: 0.83929,
          parts: [{ provider: 'FARGATE', platform: 'linux/amd64', taskHours: 34, usd: 0.83929, vcpuHourUsd: 0.04048, gbHourUsd: 0.004445 }],
        },
        { service: 'production/worker', taskHours: 22, vcpuHours: 22, gbHours: 44, usd: null },
        { service: 'production/spot', taskHours: 22, vcpuHours: 11, gbHours: 22 },
      ],
      totals: [{ month: '2026-11', taskHours: 78 }],
      total: { taskHours: 78 },
      asleep: [],
      prices: [{ region: 'eu-west-1', launch: 'fargate', platform: 'linux/amd64', asOf: '2026-05-01' }, { platform: 'linux/arm64' }],
    });
  });

  it('tells of one month alone what falls into it', async () => {
    expect((await told('savings production/web --month 2026-10')).services).toEqual([
      expect.objectContaining({ service: 'production/web', month: '2026-10', taskHours: 10 }),
    ]);
    expect((await told('savings production/always')).services).toEqual([expect.objectContaining({ taskHours: 0, usd: null })]);
    expect((await command('savings --month 2026-09', verbs, around())).out).toContain('Nothing slept in 2026-09.');
  });

  it('takes the prices of serverless.yml before its own', async () => {
    const prices = [
      { platform: 'linux/arm64', vcpuHour: 7, gbHour: 7 },
      { launch: 'fargate-spot', platform: 'linux/arm64', vcpuHour: 0.01, gbHour: 0.001, source: 'our bill of October' },
      { region: 'eu-west-1', platform: 'linux/arm64', vcpuHour: 0.03, gbHour: 0.003 },
      { region: 'us-east-1', platform: 'linux/arm64', vcpuHour: 9, gbHour: 9 },
    ];
    const {
      services: [spot],
      prices: used,
    } = (await told('savings production/spot', {}, { prices })) as unknown as {
      services: { usd: number }[];
      prices: { source: string }[];
    };
    expect(spot?.usd).toBeCloseTo(5.5 * 0.04 + 11 * 0.004, 9);
    expect(used.map(({ source }) => source)).toEqual(['serverless.yml', 'our bill of October']);
    const { out } = await command('savings production/spot', verbs, around({}, { prices }));
    expect(out).toContain('Price of Fargate Spot linux/arm64: 0.01 USD per vCPU-hour');
    expect(out).not.toContain('Without money');
  });

  it.each<[line: string, says: string]>([
    ['savings --month 2026-13', '--month takes a month such as 2026-11; found 2026-13'],
    ['savings --month november', '--month takes a month such as 2026-11; found november'],
    ['savings --month 2026-12', '--month takes a month that has begun, up to 2026-11; found 2026-12'],
    ['savings --months 0', '--months takes a whole number from 1 to 36; found 0'],
    ['savings --month 2026-10 --months 2', 'savings takes --month or --months, not both'],
    ['savings production/wep', 'The configuration names no service production/wep. Did you mean production/web?'],
  ])('refuses %s', async (line, says) => {
    const { err, status } = await command(line, verbs, around());
    expect({ status, err: err.replaceAll(/\s+/g, ' ').trim() }).toEqual({ status: 2, err: expect.stringContaining(says) });
  });
});

describe('autopilot savings, of a sleep that is not over', () => {
  it.each<[name: string, sleep: Sleep, taskHours: number, running: boolean]>([
    ['counts it until now', asleep(), 4, true],
    [
      'counts it until AWS took it that it wakes',
      asleep({
        state: 'waking',
        askedAt: '2026-11-24T20:00:00.000Z',
        counts: [...(asleep().counts ?? []), { at: '2026-11-24T20:00:00.000Z', desired: 2 }],
      }),
      2,
      false,
    ],
    [
      'counts it on while it is not known whether AWS took it',
      { ...asleep({ state: 'waking' }), askedAt: undefined } as unknown as Sleep,
      4,
      true,
    ],
    [
      'counts nothing of one that AWS was not yet told of',
      { ...asleep({ state: 'falling-asleep', counts: [] }), askedAt: undefined } as unknown as Sleep,
      0,
      true,
    ],
    ['counts nothing of one that an older version began', { ...asleep(), counts: undefined, ran: undefined } as unknown as Sleep, 0, true],
  ])('%s', async (_, sleep, taskHours, running) => {
    expect((await told('savings production/web', { sleep, slept: {} })).services).toEqual([
      expect.objectContaining({ taskHours, running }),
    ]);
  });

  it('tells apart, and adds to nothing, what only would have slept', async () => {
    const slept = { 'production/web': [{ ...night('11-02', '11-03', 'web', on('FARGATE')), watched: true as const }] };
    const wouldSleep = asleep({ watched: true });
    const watching = {
      services: { ...services, 'production/web': { image: 'my-web-app', mode: 'watch', offPeak: 'nights' } },
      schedules: { nights: { timezone: 'UTC', awake: ['Mon-Fri 06:00-19:00'] } },
    };
    const found = await told('savings', { wouldSleep, slept }, watching);
    expect(found).toMatchObject({ services: [{ service: 'production/web', watched: true, running: true, taskHours: 26 }], asleep: [] });
    expect(found.total).toMatchObject({ taskHours: 0, usd: null });
    const { out } = await command('savings', verbs, around({ wouldSleep, slept }, watching));
    expect(out).toContain('production/web (watch)  2026-11*        26.0');
    expect(out).toContain('(watch): what would have been saved');
    const hours = async (differing: object) =>
      (await told('savings production/web', { wouldSleep, slept }, differing)).services.map(({ taskHours }) => taskHours);
    expect(await hours(watching)).toEqual([0, 26]);
    expect(await hours({})).toEqual([0, 22]); // It is no longer watched: what its head still says goes on no more.
  });

  it('counts one once that is on record already', async () => {
    const at = '2026-11-24T20:00:00.000Z';
    const woken = asleep({ state: 'waking', askedAt: at, counts: [...(asleep().counts ?? []), { at, desired: 2 }] });
    const { since, saved, ran, counts } = woken;
    const slept = { 'production/web': [{ since, saved, ran, counts } as SleptRecord] };
    expect((await told('savings production/web', { sleep: woken, slept })).services[0]?.taskHours).toBe(2);
  });
});

describe('autopilot savings, of what is not known', () => {
  it('tells hours alone where a revision is no longer described, and says so', async () => {
    expect(await notes({ known: {} })).toContain(
      'Without size, so that only hours are told: web:7. Without money: 34.0 task-hours of FARGATE: no price',
    );
  });

  it('tells machines no size where none is known, rather than nothing', async () => {
    const unknown = { taskHours: 34, vcpuHours: null, gbHours: null, usd: null };
    expect((await told('savings production/web', { known: {} })).services).toEqual([
      expect.objectContaining({ ...unknown, parts: [expect.objectContaining(unknown)] }),
    ]);
  });

  it('tells the rest where a revision cannot be read', async () => {
    const slept = { 'production/web': [night('11-02', '11-03', 'broken', on('FARGATE')), night('11-03', '11-04', 'web', on('FARGATE'))] };
    expect(await notes({ slept })).toContain('read task definition broken:7: Rate exceeded');
    expect((await told('savings production/web', { slept })).services[0]).toMatchObject({ taskHours: 44, usd: expect.any(Number) });
  });

  it('says from when on it is on record', async () => {
    expect(await notes({}, 'savings --months 4')).toContain('Sleeps that ended before 2026-08-26 21:00:00 UTC are no longer on record');
    expect(await notes({}, 'savings --months 3')).not.toContain('no longer on record');
  });
});
