import { describe, expect, it } from '@jest/globals';
import { byMonth, monthAfter } from '../../lib/decide/savings/months.ts';
import { priceOf } from '../../lib/decide/savings/price-of.ts';
import { sleptHours } from '../../lib/decide/savings/slept-hours.ts';
import { spread } from '../../lib/decide/savings/spread.ts';
import { worthOf } from '../../lib/decide/savings/worth.ts';
import type { Price, TaskShape } from '../../lib/domain/savings.ts';
import type { LaunchShare, SleptRecord } from '../../lib/domain/sleep.ts';
import fc from '../fixtures/fast-check.ts';

const on = (provider: string, base = 0, weight = 1): LaunchShare => ({ provider, base, weight });
const fargate = [on('FARGATE')];
const revision = 'arn:aws:ecs:eu-west-1:1:task-definition/web:7';
const record = (counts: [at: string, desired: number][], differing: Partial<SleptRecord> = {}): SleptRecord => ({
  since: counts[0]?.[0] ?? '2026-11-23T20:00:00.000Z',
  saved: { desired: 4 },
  ran: { taskDefinition: revision, launch: fargate },
  counts: counts.map(([at, desired]) => ({ at: `2026-${at}:00.000Z`, desired })),
  ...differing,
});
const told = (slept: SleptRecord, until?: string) =>
  sleptHours(slept, until).map(({ month, provider, taskHours }) => `${month} ${provider} ${taskHours}`);

describe('the hours that a service slept', () => {
  it.each<[name: string, slept: SleptRecord, hours: string[]]>([
    [
      'are those of the tasks that did not run',
      record([
        ['11-23T20:00', 0],
        ['11-24T07:00', 4],
      ]),
      ['2026-11 FARGATE 44'],
    ],
    [
      'leave out what ran on while it slept',
      record([
        ['11-23T20:00', 1],
        ['11-24T07:00', 4],
      ]),
      ['2026-11 FARGATE 33'],
    ],
    [
      'end where somebody scaled it up',
      record([
        ['11-23T20:00', 0],
        ['11-23T22:00', 5],
        ['11-24T07:00', 4],
      ]),
      ['2026-11 FARGATE 8'],
    ],
    [
      'go on with what is missing where somebody scaled it up in part, and whole when that is over',
      record([
        ['11-23T20:00', 0],
        ['11-23T22:00', 3],
        ['11-24T02:00', 0],
        ['11-24T07:00', 4],
      ]),
      ['2026-11 FARGATE 8', '2026-11 FARGATE 4', '2026-11 FARGATE 20'],
    ],
    [
      'end when it is woken, be it with less than it had',
      record([
        ['11-23T20:00', 0],
        ['11-23T21:00', 2],
      ]),
      ['2026-11 FARGATE 4'],
    ],
    [
      'are split at the end of a month',
      record([
        ['10-31T20:00', 0],
        ['11-01T07:00', 4],
      ]),
      ['2026-10 FARGATE 16', '2026-11 FARGATE 28'],
    ],
    [
      'reach over whole months',
      record([
        ['09-30T00:00', 3],
        ['11-01T01:00', 4],
      ]),
      ['2026-09 FARGATE 24', '2026-10 FARGATE 744', '2026-11 FARGATE 1'],
    ],
    [
      'are none where nothing changed',
      record([
        ['11-23T20:00', 4],
        ['11-24T07:00', 4],
      ]),
      [],
    ],
    ['are none where an older version wrote down no change', record([]), []],
    [
      'are spread as the tasks were: the base first',
      record(
        [
          ['11-23T20:00', 0],
          ['11-23T21:00', 4],
        ],
        { ran: { taskDefinition: revision, launch: [on('FARGATE', 1, 1), on('FARGATE_SPOT', 0, 2)] } },
      ),
      ['2026-11 FARGATE 2', '2026-11 FARGATE_SPOT 2'],
    ],
    [
      'are those of Spot first where the base stays up',
      record(
        [
          ['11-23T20:00', 1],
          ['11-23T21:00', 4],
        ],
        { ran: { taskDefinition: revision, launch: [on('FARGATE', 1, 0), on('FARGATE_SPOT', 0, 1)] } },
      ),
      ['2026-11 FARGATE_SPOT 3'],
    ],
    [
      'are told though nobody knows where they ran',
      record(
        [
          ['11-23T20:00', 0],
          ['11-23T21:00', 4],
        ],
        { ran: { taskDefinition: revision } },
      ),
      ['2026-11 unknown 4'],
    ],
  ])('%s', (_, slept, hours) => {
    expect(told(slept)).toEqual(hours);
  });

  it('are counted until now where it sleeps on', () => {
    expect(told(record([['11-23T20:00', 0]]), '2026-11-23T20:30:00.000Z')).toEqual(['2026-11 FARGATE 2']);
    expect(told(record([['11-23T20:00', 0]]))).toEqual([]);
  });

  it('are eleven and thirteen from 20:00 to 08:00 on the nights on which clocks change in Berlin', () => {
    expect(
      told(
        record([
          ['03-28T19:00', 3],
          ['03-29T06:00', 4],
        ]),
      ),
    ).toEqual(['2026-03 FARGATE 11']);
    expect(
      told(
        record([
          ['10-24T18:00', 3],
          ['10-25T07:00', 4],
        ]),
      ),
    ).toEqual(['2026-10 FARGATE 13']);
  });

  it('are the same in all months together as in one piece', () => {
    const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [from = '', to = ''] = [a, b].map((date) => date.toISOString()).toSorted();
        const shares = byMonth(from, to);
        expect(shares.reduce((sum, { ms }) => sum + ms, 0)).toBe(Date.parse(to) - Date.parse(from));
        expect(shares.every(({ ms }) => ms > 0)).toBe(true);
        expect(new Set(shares.map(({ month }) => month)).size).toBe(shares.length);
      }),
    );
  });

  it('are never more than the tasks there were, wherever they ran', () => {
    const share = fc.record({ provider: fc.constantFrom('A', 'B', 'C'), base: fc.nat(5), weight: fc.nat(5) });
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.array(share, { minLength: 1, maxLength: 3 }), (a, b, launch) => {
        const [left = 0, had = 0] = [a, b].toSorted((one, other) => one - other);
        const [before, meanwhile] = [spread(had, launch), spread(left, launch)];
        const slept = [...before].map(([provider, tasks]) => tasks - (meanwhile.get(provider) ?? 0));
        expect(slept.every((tasks) => tasks > -1e-9)).toBe(true);
        expect(slept.reduce((sum, tasks) => sum + tasks, 0)).toBeCloseTo(had - left, 9);
      }),
    );
  });
});

it.each([
  ['2026-11', 1, '2026-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-11', -12, '2025-11'],
])('the month that comes after %s by %d is %s', (month, months, next) => {
  expect(monthAfter(month, months)).toBe(next);
});

const price = (differing: Partial<Price> = {}): Price => ({
  launch: 'fargate',
  platform: 'linux/amd64',
  vcpuHour: 0.04,
  gbHour: 0.004,
  source: 'a list',
  ...differing,
});

const hours = (provider: string, taskHours: number, taskDefinition = revision) => ({
  month: '2026-11',
  provider,
  taskDefinition,
  taskHours,
});

describe('what hours are worth', () => {
  const shape: TaskShape = { size: { vcpu: 0.5, gb: 2 }, platform: 'linux/amd64' };
  const worth = (slept: ReturnType<typeof hours>[], shapes: [string, TaskShape][] = [[revision, shape]], prices = [price()]) =>
    worthOf(slept, { prices, region: 'eu-west-1', shapes: new Map(shapes) });

  it('is size by hours by price', () => {
    const { parts, ...sum } = worth([hours('FARGATE', 10), hours('FARGATE', 20)]);
    expect(sum).toEqual({ taskHours: 30, vcpuHours: 15, gbHours: 60, usd: 15 * 0.04 + 60 * 0.004 });
    expect(parts).toHaveLength(1);
  });

  it('is told without money where there is no price, beside what has one', () => {
    const found = worth([hours('FARGATE', 10), hours('EC2', 4), hours('FARGATE_SPOT', 2)]);
    expect(found).toMatchObject({ taskHours: 16, vcpuHours: 8, usd: 5 * 0.04 + 20 * 0.004 });
    expect(found.parts.map(({ provider, usd }) => `${provider} ${usd !== undefined}`)).toEqual([
      'FARGATE true',
      'EC2 false',
      'FARGATE_SPOT false',
    ]);
    expect(worth([hours('EC2', 4)])).not.toHaveProperty('usd');
  });

  it('is told in hours alone where nobody knows the size', () => {
    expect(worth([hours('FARGATE', 10)], [])).toEqual(expect.objectContaining({ taskHours: 10 }));
    expect(worth([hours('FARGATE', 10)], [])).not.toHaveProperty('vcpuHours');
    expect(worth([hours('FARGATE', 10)], [[revision, { platform: 'linux/amd64' }]])).not.toHaveProperty('usd');
  });

  it('is nothing of nothing', () => {
    expect(worth([])).toEqual({ taskHours: 0, parts: [] });
  });
});

describe('the price of an hour', () => {
  const prices = [
    price({ region: 'eu-west-1', vcpuHour: 1 }),
    price({ region: 'eu-west-1', platform: 'linux/arm64', vcpuHour: 2 }),
    price({ launch: 'fargate-spot', vcpuHour: 3 }),
    price({ vcpuHour: 4 }),
  ];

  it.each<[region: string, provider: string, platform: string | undefined, vcpuHour: number | undefined]>([
    ['eu-west-1', 'FARGATE', 'linux/amd64', 1],
    ['eu-west-1', 'FARGATE', 'linux/arm64', 2],
    ['eu-west-1', 'FARGATE_SPOT', 'linux/amd64', 3],
    ['us-east-1', 'FARGATE_SPOT', 'linux/amd64', 3],
    ['us-east-1', 'FARGATE', 'linux/amd64', 4],
    ['us-east-1', 'FARGATE', 'linux/arm64', undefined],
    ['eu-west-1', 'FARGATE', 'windows/amd64', undefined],
    ['eu-west-1', 'FARGATE', undefined, undefined],
    ['eu-west-1', 'EC2', 'linux/amd64', undefined],
    ['eu-west-1', 'our-instances', 'linux/amd64', undefined],
  ])('in %s on %s for %s', (region, provider, platform, vcpuHour) => {
    expect(priceOf(prices, region, provider, platform)?.vcpuHour).toBe(vcpuHour);
  });
});
