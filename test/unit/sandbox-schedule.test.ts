import { describe, expect, it } from '@jest/globals';
import { parseSchedule, ScheduleError } from '../../sandbox/model/schedule.ts';
import { nextRun } from '../../sandbox/recurring.ts';

const since = new Date('2026-03-06T12:00:00Z'); // A Friday.

describe('A schedule runs next', () => {
  const runs: [sentence: string, expression: string, timezone: string, after: string, next: string | undefined][] = [
    ['a minute after it began', 'rate(1 minute)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-06T12:01:00.000Z'],
    ['at the end of the interval under way', 'rate(5 minutes)', 'UTC', '2026-03-06T12:07:00Z', '2026-03-06T12:10:00.000Z'],
    ['after a whole day of hours, whatever clocks do', 'rate(1 day)', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00.000Z'],
    ['at its one time', 'at(2026-03-07T09:00:00)', 'Europe/Berlin', '2026-03-06T12:00:00Z', '2026-03-07T08:00:00.000Z'],
    ['never after its one time', 'at(2026-03-06T09:00:00)', 'UTC', '2026-03-06T12:00:00Z', undefined],
    ['every quarter of an hour', 'cron(0/15 * * * ? *)', 'UTC', '2026-03-06T12:01:00Z', '2026-03-06T12:15:00.000Z'],
    ['on Sunday, which is day 1', 'cron(0 8 ? * 1 *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-08T08:00:00.000Z'],
    ['on working days by name', 'cron(0 8 ? * MON-FRI *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-09T08:00:00.000Z'],
    ['on working days by number', 'cron(0 8 ? * 2-6 *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-09T08:00:00.000Z'],
    ['on the last Friday of the month', 'cron(0 8 ? * 6L *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-27T08:00:00.000Z'],
    ['on the third Friday', 'cron(0 8 ? * 6#3 *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-20T08:00:00.000Z'],
    ['on the last day of the month', 'cron(0 8 L * ? *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-31T08:00:00.000Z'],
    ['on the last weekday of the month', 'cron(0 8 LW 5 ? *)', 'UTC', '2026-03-06T12:00:00Z', '2026-05-29T08:00:00.000Z'],
    ['on the weekday nearest to a day', 'cron(0 8 15W * ? *)', 'UTC', '2026-03-06T12:00:00Z', '2026-03-16T08:00:00.000Z'],
    ['in a year to come', 'cron(0 8 1 1 ? 2028)', 'UTC', '2026-03-06T12:00:00Z', '2028-01-01T08:00:00.000Z'],
    ['never in a year that is over', 'cron(0 8 1 1 ? 2025)', 'UTC', '2026-03-06T12:00:00Z', undefined],
    ['in its own time zone', 'cron(0 8 * * ? *)', 'America/New_York', '2026-03-06T12:00:00Z', '2026-03-06T13:00:00.000Z'],
    [
      'not at a time that spring leaves out, but the day after',
      'cron(30 2 * * ? *)',
      'America/New_York',
      '2026-03-07T12:00:00Z',
      '2026-03-09T06:30:00.000Z',
    ],
    [
      'at the first of two equal times in autumn',
      'cron(30 1 * * ? *)',
      'America/New_York',
      '2026-10-31T12:00:00Z',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'once and not at the second of two equal times',
      'cron(30 1 * * ? *)',
      'America/New_York',
      '2026-11-01T05:30:00Z',
      '2026-11-02T06:30:00.000Z',
    ],
  ];
  it.each(runs)('%s: %s', (_, expression, timezone, after, next) => {
    expect(nextRun(parseSchedule(expression), timezone, since, new Date(after))?.toISOString()).toBe(next);
  });
});

describe('An expression is refused', () => {
  it.each([
    ['that is none', 'every minute'],
    ['of a unit that there is not', 'rate(5 weeks)'],
    ['of nothing', 'rate(0 minutes)'],
    ['of one in the plural', 'rate(1 minutes)'],
    ['of several in the singular', 'rate(5 minute)'],
    ['of five fields', 'cron(0 8 * * ?)'],
    ['that says neither day freely', 'cron(0 20 * * MON-FRI *)'],
    ['that says both days freely', 'cron(0 20 ? * ? *)'],
    ['on an eighth day of the week', 'cron(0 20 ? * 8 *)'],
    ['with a sign of no meaning', 'cron(0 20 ! * ? *)'],
    ['of a time with a zone', 'at(2026-03-07T09:00:00Z)'],
  ])('%s: %s', (_, expression) => expect(() => parseSchedule(expression)).toThrow(ScheduleError));
});
