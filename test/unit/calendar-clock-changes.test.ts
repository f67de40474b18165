import { describe, expect, it } from '@jest/globals';
import { edgesBetween } from '../../lib/calendar/edges.ts';
import { aSchedule } from '../fixtures/schedules.ts';

/** The edges of some days, as `> 2026-03-29T01:00Z` where it wakes and `<` where it falls asleep. */
function edges(timezone: string, awake: string[], from: string, to: string): string[] {
  const found = edgesBetween(aSchedule({ timezone, awake }), undefined, new Date(`${from}T00:00:00.000Z`), new Date(`${to}T00:00:00.000Z`));
  return found.map(({ at, level }) => `${level === 'awake' ? '>' : '<'} ${at.slice(0, 16)}Z`);
}

describe('windows around a change of clocks', () => {
  it.each<[zone: string, what: string, awake: string[], from: string, to: string, ...edges: string[]]>([
    [
      'Europe/Berlin',
      'spring, by day',
      ['Mon-Sun 07:00-20:00'],
      '2026-03-28',
      '2026-03-30',
      '> 2026-03-28T06:00Z',
      '< 2026-03-28T19:00Z',
      '> 2026-03-29T05:00Z',
      '< 2026-03-29T18:00Z',
    ],
    [
      'Europe/Berlin',
      'spring, a start that is leapt over',
      ['Sun 02:30-05:00'],
      '2026-03-29',
      '2026-03-30',
      '> 2026-03-29T01:00Z',
      '< 2026-03-29T03:00Z',
    ],
    [
      'Europe/Berlin',
      'spring, an end that is leapt over',
      ['Sun 00:00-02:30'],
      '2026-03-28',
      '2026-03-30',
      '> 2026-03-28T23:00Z',
      '< 2026-03-29T01:00Z',
    ],
    ['Europe/Berlin', 'spring, a window that is leapt over', ['Sun 02:15-02:45'], '2026-03-28', '2026-03-30'],
    ['Europe/Berlin', 'autumn, by night', ['Sat 22:00-06:00'], '2026-10-24', '2026-10-26', '> 2026-10-24T20:00Z', '< 2026-10-25T05:00Z'],
    [
      'Europe/Berlin',
      'autumn, a start that comes twice',
      ['Sun 02:30-05:00'],
      '2026-10-25',
      '2026-10-26',
      '> 2026-10-25T00:30Z',
      '< 2026-10-25T04:00Z',
    ],
    [
      'Europe/Berlin',
      'autumn, an end that comes twice',
      ['Sun 00:30-02:30'],
      '2026-10-24',
      '2026-10-26',
      '> 2026-10-24T22:30Z',
      '< 2026-10-25T01:30Z',
    ],
    [
      'Europe/Berlin',
      'autumn, an end at the hour that comes twice',
      ['Sun 00:30-02:00'],
      '2026-10-24',
      '2026-10-26',
      '> 2026-10-24T22:30Z',
      '< 2026-10-25T00:00Z',
    ],
    [
      'Europe/Berlin',
      'autumn, a window that comes twice',
      ['Sun 02:15-02:45'],
      '2026-10-24',
      '2026-10-26',
      '> 2026-10-25T00:15Z',
      '< 2026-10-25T01:45Z',
    ],
    ['America/New_York', 'spring', ['Sun 01:30-03:30'], '2026-03-08', '2026-03-09', '> 2026-03-08T06:30Z', '< 2026-03-08T07:30Z'],
    ['America/New_York', 'autumn', ['Sun 01:30-03:30'], '2026-11-01', '2026-11-02', '> 2026-11-01T05:30Z', '< 2026-11-01T08:30Z'],
    [
      'Australia/Lord_Howe',
      'autumn, half an hour back at 02:00',
      ['Sun 01:45-02:00'],
      '2026-04-04',
      '2026-04-05',
      '> 2026-04-04T14:45Z',
      '< 2026-04-04T15:30Z',
    ],
    [
      'Australia/Lord_Howe',
      'spring, half an hour on at 02:00',
      ['Sun 02:10-03:00'],
      '2026-10-03',
      '2026-10-04',
      '> 2026-10-03T15:30Z',
      '< 2026-10-03T16:00Z',
    ],
    [
      'Asia/Kolkata',
      'half an hour beside the hour',
      ['Sun 07:00-20:00'],
      '2026-03-29',
      '2026-03-30',
      '> 2026-03-29T01:30Z',
      '< 2026-03-29T14:30Z',
    ],
    [
      'America/Sao_Paulo',
      'a midnight that was leapt over in 2018',
      ['Sun 00:00-01:00', 'Sun 23:00-24:00'],
      '2018-11-04',
      '2018-11-06',
      '> 2018-11-05T01:00Z',
      '< 2018-11-05T02:00Z',
    ],
    ['America/Sao_Paulo', 'none since', ['Sun 00:00-01:00'], '2026-11-01', '2026-11-02', '> 2026-11-01T03:00Z', '< 2026-11-01T04:00Z'],
    [
      'Pacific/Apia',
      'a day that never came',
      ['Fri 08:00-16:00', 'Sat 08:00-16:00'],
      '2011-12-29',
      '2012-01-01',
      '> 2011-12-30T18:00Z',
      '< 2011-12-31T02:00Z',
    ],
    ['UTC', 'the end of a year', ['Thu 22:00-Fri 02:00'], '2026-12-31', '2027-01-02', '> 2026-12-31T22:00Z', '< 2027-01-01T02:00Z'],
  ])('%s, %s', (zone, _, awake, from, to, ...expected) => {
    expect(edges(zone, awake, from, to)).toEqual(expected);
  });
});
