import { describe, expect, it } from '@jest/globals';
import { byMonth, monthAfter } from '../../lib/decide/savings/months.ts';
import { sleptHours } from '../../lib/decide/savings/slept-hours.ts';
import { spread } from '../../lib/decide/savings/spread.ts';
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
