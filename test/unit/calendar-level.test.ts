import { describe, expect, it } from '@jest/globals';
import { decideSleep } from '../../lib/calendar/decide-sleep.ts';
import type { ReasonCode } from '../../lib/domain/reason.ts';
import type { SleepOverride } from '../../lib/domain/schedule.ts';
import { aSchedule } from '../fixtures/schedules.ts';

type Differing = Parameters<typeof aSchedule>[0];

const at = (instant: string, differing: Differing = {}, override?: SleepOverride) =>
  decideSleep(override === undefined ? {} : { override }, aSchedule(differing), new Date(instant));

const night: Differing = { awake: ['Fri 22:00-06:00'] };
const weekend: Differing = { awake: ['Sat 22:00-Mon 06:00'] };
const longWeek: Differing = { awake: ['Mon 07:00-Fri 20:00'], holidays: ['2026-11-25'] };
const christmas: Differing = { holidays: ['2026-12-24/2027-01-01'] };

// 2026-11-25 is a Wednesday; Berlin is an hour ahead of UTC.
describe('decideSleep', () => {
  it.each<[name: string, level: string, code: ReasonCode, instant: string, differing?: Differing]>([
    ['the last millisecond before a window', 'asleep', 'off-peak', '2026-11-25T05:59:59.999Z'],
    ['the first of a window', 'awake', 'awake-window', '2026-11-25T06:00:00.000Z'],
    ['the last of a window', 'awake', 'awake-window', '2026-11-25T18:59:59.999Z'],
    ['the end of a window', 'asleep', 'off-peak', '2026-11-25T19:00:00.000Z'],
    ['a Saturday', 'asleep', 'off-peak', '2026-11-28T11:00:00.000Z'],
    ['the last minute of a window until 24:00', 'awake', 'awake-window', '2026-11-25T22:59:00.000Z', { awake: ['Wed 08:00-24:00'] }],
    ['midnight after a window until 24:00', 'asleep', 'off-peak', '2026-11-25T23:00:00.000Z', { awake: ['Wed 08:00-24:00'] }],
    ['an overnight span before midnight', 'awake', 'awake-window', '2026-11-27T22:30:00.000Z', night],
    ['an overnight span after midnight', 'awake', 'awake-window', '2026-11-28T04:59:00.000Z', night],
    ['the end of an overnight span', 'asleep', 'off-peak', '2026-11-28T05:00:00.000Z', night],
    ['the morning of the day on which an overnight span begins', 'asleep', 'off-peak', '2026-11-27T04:00:00.000Z', night],
    ['the start of a span across the end of the week', 'awake', 'awake-window', '2026-11-28T21:00:00.000Z', weekend],
    ['its Sunday', 'awake', 'awake-window', '2026-11-29T11:00:00.000Z', weekend],
    ['its last minute', 'awake', 'awake-window', '2026-11-30T04:59:00.000Z', weekend],
    ['its end', 'asleep', 'off-peak', '2026-11-30T05:00:00.000Z', weekend],
    ['the second of two windows', 'awake', 'awake-window', '2026-11-25T13:00:00.000Z', { awake: ['Wed 08:00-12:00', 'Wed 14:00-16:00'] }],
    ['between two windows', 'asleep', 'off-peak', '2026-11-25T12:00:00.000Z', { awake: ['Wed 08:00-12:00', 'Wed 14:00-16:00'] }],
    ['the 4th Wednesday', 'awake', 'awake-window', '2026-11-25T09:00:00.000Z', { awake: ['4th Wed 08:00-12:00'] }],
    ['the 4th Wednesday, asked for the 3rd', 'asleep', 'off-peak', '2026-11-25T09:00:00.000Z', { awake: ['3rd Wed 08:00-12:00'] }],
    ['the last Wednesday', 'awake', 'awake-window', '2026-11-25T09:00:00.000Z', { awake: ['last Wed 08:00-12:00'] }],
    ['the last Wednesday but one', 'asleep', 'off-peak', '2026-11-18T09:00:00.000Z', { awake: ['last Wed 08:00-12:00'] }],
    ['the 5th Monday', 'awake', 'awake-window', '2026-11-30T09:00:00.000Z', { awake: ['5th Mon 08:00-12:00'] }],
    ['a range of days across the end of the week', 'awake', 'awake-window', '2026-11-29T09:00:00.000Z', { awake: ['Sat-Mon 08:00-12:00'] }],
    ['a leap day', 'awake', 'awake-window', '2028-02-29T09:00:00.000Z', { awake: ['Tue 08:00-12:00'] }],
    ['a holiday of every leap year', 'asleep', 'holiday', '2028-02-29T09:00:00.000Z', { holidays: ['02-29'] }],
    ['the day after it', 'awake', 'awake-window', '2028-03-01T09:00:00.000Z', { holidays: ['02-29'] }],
    ['the day before a range of holidays', 'awake', 'awake-window', '2026-12-23T09:00:00.000Z', christmas],
    ['its first day', 'asleep', 'holiday', '2026-12-24T09:00:00.000Z', christmas],
    ['its last day', 'asleep', 'holiday', '2027-01-01T09:00:00.000Z', christmas],
    ['the Monday after it', 'awake', 'awake-window', '2027-01-04T09:00:00.000Z', christmas],
    ['a yearly holiday', 'asleep', 'holiday', '2028-12-25T09:00:00.000Z', { holidays: ['12-25'] }],
    ['a yearly range across the end of the year, before', 'asleep', 'holiday', '2027-12-31T09:00:00.000Z', { holidays: ['12-24/01-02'] }],
    ['a yearly range across the end of the year, after', 'asleep', 'holiday', '2029-01-02T09:00:00.000Z', { holidays: ['12-24/01-02'] }],
    ['the day after such a range', 'awake', 'awake-window', '2029-01-03T09:00:00.000Z', { holidays: ['12-24/01-02'] }],
    ['an overnight span into a holiday', 'awake', 'awake-window', '2026-11-28T01:00:00.000Z', { ...night, holidays: ['2026-11-28'] }],
    ['an overnight span out of a holiday', 'asleep', 'off-peak', '2026-11-28T01:00:00.000Z', { ...night, holidays: ['2026-11-27'] }],
    ['a holiday within a span of days, the minute before', 'awake', 'awake-window', '2026-11-24T22:59:00.000Z', longWeek],
    ['a holiday within a span of days', 'asleep', 'holiday', '2026-11-24T23:00:00.000Z', longWeek],
    ['the day after it', 'awake', 'awake-window', '2026-11-25T23:00:00.000Z', longWeek],
    [
      'an exception on a holiday',
      'awake',
      'exception',
      '2026-12-31T09:00:00.000Z',
      { ...christmas, exceptions: [{ awake: '2026-12-31 08:00-23:59' }] },
    ],
    [
      'the minute of its end',
      'asleep',
      'holiday',
      '2026-12-31T22:59:00.000Z',
      { ...christmas, exceptions: [{ awake: '2026-12-31 08:00-23:59' }] },
    ],
    ['an exception of a whole day', 'asleep', 'exception', '2026-11-25T09:00:00.000Z', { exceptions: [{ asleep: '2026-11-25' }] }],
    [
      'an exception into the next day',
      'awake',
      'exception',
      '2026-11-26T03:00:00.000Z',
      { exceptions: [{ awake: '2026-11-25 22:00-05:00' }] },
    ],
    [
      'an exception over days',
      'awake',
      'exception',
      '2026-11-28T12:00:00.000Z',
      { exceptions: [{ awake: '2026-11-27 18:00-2026-11-29 06:00' }] },
    ],
  ])('is right at %s', (_, level, code, instant, differing = {}) => {
    expect(at(instant, differing)).toMatchObject({ level, reason: { code } });
  });

  it('says since when and until when', () => {
    expect(at('2026-11-25T09:00:00.000Z')).toEqual({
      level: 'awake',
      since: '2026-11-25T06:00:00.000Z',
      until: '2026-11-25T19:00:00.000Z',
      reason: { code: 'awake-window', text: 'office-hours is awake: Mon-Fri 07:00-20:00 (Europe/Berlin)' },
    });
  });

  it('looks beyond a weekend, holidays and windows that meet', () => {
    expect(at('2026-12-24T09:00:00.000Z', christmas)).toMatchObject({
      since: '2026-12-23T19:00:00.000Z',
      until: '2027-01-04T06:00:00.000Z',
    });
    const meeting: Differing = { awake: ['Wed 08:00-12:00', 'Wed 12:00-18:00', 'Wed 18:00-24:00', 'Thu 00:00-02:00'] };
    expect(at('2026-11-25T09:00:00.000Z', meeting)).toMatchObject({ since: '2026-11-25T07:00:00.000Z', until: '2026-11-26T01:00:00.000Z' });
  });

  it('looks a year ahead, and not for ever', () => {
    const newYear: Differing = { awake: ['Mon-Sun 00:00-24:00'], holidays: ['01-01'] };
    expect(at('2026-01-02T12:00:00.000Z', newYear)).toMatchObject({ since: '2026-01-01T23:00:00.000Z', until: '2026-12-31T23:00:00.000Z' });
    expect(at('2026-01-02T12:00:00.000Z', { awake: ['Mon-Sun 00:00-24:00'] })).not.toHaveProperty('until');
    expect(at('2026-01-02T12:00:00.000Z', { awake: [] })).toEqual({
      level: 'asleep',
      reason: { code: 'off-peak', text: 'office-hours is asleep outside its awake windows (Europe/Berlin)' },
    });
  });
});

const order = (differing: Partial<SleepOverride>): SleepOverride => ({
  level: 'asleep',
  since: '2026-11-25T08:00:00.000Z',
  until: '2026-11-25T10:00:00.000Z',
  actor: 'ada',
  reason: 'load test',
  ...differing,
});

describe('an order', () => {
  it.each<[name: string, level: string, code: ReasonCode, instant: string, differing?: Partial<SleepOverride>]>([
    ['not before it was given', 'awake', 'awake-window', '2026-11-25T07:59:59.999Z'],
    ['over a window', 'asleep', 'override', '2026-11-25T08:00:00.000Z'],
    ['until its end', 'asleep', 'override', '2026-11-25T09:59:59.999Z'],
    ['no longer', 'awake', 'awake-window', '2026-11-25T10:00:00.000Z'],
    ['over an exception', 'awake', 'override', '2026-11-26T11:00:00.000Z', { level: 'awake', until: '2026-11-26T12:00:00.000Z' }],
  ])('holds %s', (_, level, code, instant, differing = {}) => {
    expect(at(instant, { exceptions: [{ asleep: '2026-11-26' }] }, order(differing))).toMatchObject({ level, reason: { code } });
  });

  it('makes edges of its own', () => {
    expect(at('2026-11-25T09:00:00.000Z', {}, order({}))).toMatchObject({
      since: '2026-11-25T08:00:00.000Z',
      until: '2026-11-25T10:00:00.000Z',
      reason: { text: 'ada ordered it asleep until 2026-11-25T10:00:00.000Z: load test' },
    });
  });

  it('without an end holds until it is taken back', () => {
    const { until: _, ...endless } = order({});
    expect(at('2027-11-25T09:00:00.000Z', {}, endless)).toMatchObject({
      level: 'asleep',
      reason: { text: 'ada ordered it asleep until it is taken back: load test' },
    });
  });
});
