import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { compileSchedules } from '../../lib/config/compile-schedules.ts';
import { schemaFaults, type Fault } from '../../lib/config/faults.ts';
import { scheduleFaults } from '../../lib/config/schedule-faults.ts';
import { scheduleWarnings } from '../../lib/config/schedule-warnings.ts';
import { schedules } from '../../lib/config/schema-schedules.ts';

const base = { timezone: 'Europe/Berlin', awake: ['Mon-Fri 07:00-20:00'] };
const at = 'schedules.office-hours';

function faultsOf(differing: object): Fault[] {
  const raw = { schedules: { 'office-hours': { ...base, ...differing } } };
  const parsed = z.object({ schedules }).safeParse(raw);
  return [...schemaFaults(parsed.error?.issues ?? [], raw), ...scheduleFaults(raw.schedules)];
}

const awake = (...windows: unknown[]) => ({ awake: windows });
const holidays = (...days: unknown[]) => ({ holidays: days });
const exceptions = (...spans: unknown[]) => ({ exceptions: spans });

describe('a schedule with a fault', () => {
  it.each<[mistake: string, differing: object, path: string, found: string, allowed: string, ...meant: string[]]>([
    ['no zone', { timezone: undefined }, 'timezone', 'nothing', 'a time zone of the IANA list'],
    ['a slip in its zone', { timezone: 'Europe/Berln' }, 'timezone', '"Europe/Berln"', 'a time zone of the IANA list', 'Europe/Berlin'],
    ['a city for its zone', { timezone: 'New York' }, 'timezone', '"New York"', 'a time zone of the IANA list', 'America/New_York'],
    ['an offset for its zone', { timezone: '+01:00' }, 'timezone', '"+01:00"', 'a time zone of the IANA list'],
    ['a text for its windows', { awake: 'Mon-Fri 07:00-20:00' }, 'awake', '"Mon-Fri 07:00-20:00"', 'a list of windows'],
    ['no windows', { awake: undefined }, 'awake', 'nothing', 'a list of windows'],
    ['a number for a window', awake(7), 'awake[0]', '7', "a window such as 'Mon-Fri 07:00-20:00'"],
    ['a window without days', awake('07:00-20:00'), 'awake[0]', '"07:00-20:00"', 'a window such as'],
    ['an hour that is none', awake('Mon 08:00-25:00'), 'awake[0]', '"Mon 08:00-25:00"', 'times from 00:00 to 24:00'],
    ['a minute past 24:00', awake('Mon 08:00-24:01'), 'awake[0]', '"Mon 08:00-24:01"', 'times from 00:00 to 24:00'],
    ['a minute that is none', awake('Mon 08:60-12:00'), 'awake[0]', '"Mon 08:60-12:00"', 'times from 00:00 to 24:00'],
    ['an hour of one digit', awake('Mon 8:00-12:00'), 'awake[0]', '"Mon 8:00-12:00"', 'times from 00:00', 'Mon 08:00-12:00'],
    ['a start at 24:00', awake('Mon 24:00-06:00'), 'awake[0]', '"Mon 24:00-06:00"', 'a start before 24:00'],
    [
      'an end that is its start',
      awake('Mon 08:00-08:00'),
      'awake[0]',
      '"Mon 08:00-08:00"',
      'an end other than its start; the whole day is 00:00-24:00',
    ],
    ['a slip in a day', awake('Mno-Fri 07:00-20:00'), 'awake[0]', '"Mno-Fri 07:00-20:00"', 'weekdays: Mon, Tue', 'Mon-Fri 07:00-20:00'],
    ['a day in full', awake('Monday 07:00-20:00'), 'awake[0]', '"Monday 07:00-20:00"', 'weekdays: Mon, Tue', 'Mon 07:00-20:00'],
    ['a long dash', awake('Mon–Fri 07:00–20:00'), 'awake[0]', '"Mon–Fri 07:00–20:00"', 'a window such as', 'Mon-Fri 07:00-20:00'],
    ['a 6th Monday', awake('6th Mon 07:00-20:00'), 'awake[0]', '"6th Mon 07:00-20:00"', '1st to 5th or last Mon'],
    ['a range of nth days', awake('1st Mon-Fri 07:00-20:00'), 'awake[0]', '"1st Mon-Fri 07:00-20:00"', 'weekdays: Mon, Tue'],
    ['a span from several days', awake('Mon,Tue 22:00-Wed 06:00'), 'awake[0]', '"Mon,Tue 22:00-Wed 06:00"', 'one day before a span'],
    [
      'a span that ends before it starts',
      awake('Mon 22:00-Mon 06:00'),
      'awake[0]',
      '"Mon 22:00-Mon 06:00"',
      'an end after its start',
      'Mon 22:00-06:00',
    ],
    ['a span to an hour that is none', awake('Sat 22:00-Mon 26:00'), 'awake[0]', '"Sat 22:00-Mon 26:00"', 'times from 00:00 to 24:00'],
    ['a holiday that never comes', holidays('02-30'), 'holidays[0]', '"02-30"', 'days that the calendar has'],
    ['a leap day of another year', holidays('2027-02-29'), 'holidays[0]', '"2027-02-29"', 'days that the calendar has'],
    ['a star for the year', holidays('*-12-25'), 'holidays[0]', '"*-12-25"', 'a day or a range', '12-25'],
    [
      'a range reversed',
      holidays('2027-01-01/2026-12-24'),
      'holidays[0]',
      '"2027-01-01/2026-12-24"',
      'a range whose end is not before its start',
      '2026-12-24/2027-01-01',
    ],
    ['a range with half a year', holidays('2026-12-24/01-01'), 'holidays[0]', '"2026-12-24/01-01"', 'a day or a range'],
    ['an empty list of holidays', { holidays: [] }, 'holidays', 'a list', 'a list of days and ranges'],
    ['an exception without a level', exceptions({}), 'exceptions[0]', 'neither', 'either awake or asleep'],
    [
      'an exception with both',
      exceptions({ awake: '2026-12-30', asleep: '2026-12-31' }),
      'exceptions[0]',
      'both',
      'either awake or asleep',
    ],
    ['an exception on no day', exceptions({ awake: '2026-13-01' }), 'exceptions[0].awake', '"2026-13-01"', 'days that the calendar has'],
    [
      'an exception until 25:00',
      exceptions({ awake: '2026-12-31 08:00-25:00' }),
      'exceptions[0].awake',
      '"2026-12-31 08:00-25:00"',
      'times from 00:00 to 24:00',
    ],
    [
      'an exception backwards',
      exceptions({ awake: '2026-12-31 08:00-2026-12-30 09:00' }),
      'exceptions[0].awake',
      '"2026-12-31 08:00-2026-12-30 09:00"',
      'an end after its start',
    ],
    [
      'exceptions that contradict',
      exceptions({ awake: '2026-12-31 08:00-12:00' }, { asleep: '2026-12-31 11:59-13:00' }),
      'exceptions[1].asleep',
      '"2026-12-31 11:59-13:00"',
      'no overlap with awake: 2026-12-31 08:00-12:00, which says otherwise',
    ],
    [
      'an unknown level',
      exceptions({ sleeping: '2026-12-31' }),
      'exceptions[0].sleeping',
      'an unknown key',
      'one of the keys awake, asleep',
    ],
    ['a least above what is asked', { asleep: { min: 2, desired: 1 } }, 'asleep.min', '2', 'at most desired, which is 1'],
    ['half of what is asleep', { asleep: { min: 2 } }, 'asleep.desired', 'nothing', 'a whole number from 0 to 1000'],
    ['a text for what is asleep', { asleep: 'none' }, 'asleep', '"none"', 'a count of tasks, or { min, desired }'],
    ['an unknown key', { holiday: [] }, 'holiday', 'an unknown key', 'one of the keys timezone, awake, holidays', 'holidays'],
  ])('%s', (_, differing, path, found, allowed, meant = '') => {
    const [first] = faultsOf(differing);
    expect({ nearest: '', ...first }).toMatchObject({ path: `${at}.${path}`, found, nearest: meant });
    expect(first?.allowed).toContain(allowed);
  });

  it('has all its faults told at once', () => {
    const faults = faultsOf({
      timezone: 'Berlin',
      awake: ['Mno 07:00-20:00', 'Tue 25:00-26:00'],
      holidays: ['02-30'],
      exceptions: [{ awake: 'now' }],
    });
    expect(faults.map(({ path }) => path.slice(at.length + 1))).toEqual([
      'timezone',
      'awake[0]',
      'awake[1]',
      'holidays[0]',
      'exceptions[0].awake',
    ]);
  });
});

describe('a schedule without fault', () => {
  it.each<[what: string, differing: object]>([
    [
      'several windows',
      awake('Mon-Fri 07:00-20:00', 'Sat 10:00-14:00', 'sun,wed 22:00-06:00', '1st Mon,last Fri 00:00-24:00', 'Fri-Mon 00:00-01:00'),
    ],
    ['windows that meet or overlap', awake('Mon 07:00-12:00', 'Mon 12:00-13:00', 'Mon 12:30-14:00')],
    ['none at all', awake()],
    ['a name of an older time', { timezone: 'Asia/Calcutta' }],
    ['dates that YAML has read', { ...holidays(new Date('2026-12-25')), ...exceptions({ asleep: new Date('2026-12-28') }) }],
    ['holidays of every form', holidays('2026-12-25', '2026-12-24/2027-01-01', '02-29', '12-24/01-02')],
    ['exceptions that meet', exceptions({ awake: '2026-12-31 08:00-12:00' }, { asleep: '2026-12-31 12:00-13:00' })],
    ['exceptions that agree', exceptions({ awake: '2026-12-31 08:00-12:00' }, { awake: '2026-12-31 11:00-13:00' })],
    ['a count left', { asleep: 2 }],
    ['a least and a count left', { asleep: { min: 0, desired: 2 } }],
  ])('%s', (_, differing) => {
    expect(faultsOf(differing)).toEqual([]);
  });
});

describe('compileSchedules', () => {
  it('leaves no text to be read', () => {
    const raw = {
      timezone: 'UTC',
      awake: ['Mon-Tue 07:00-20:00', 'Sat 22:00-Mon 06:00', 'last Fri 22:00-06:00'],
      holidays: [new Date('1970-01-02'), '1970-01-03/1970-01-04', '12-24/01-01'],
      exceptions: [{ awake: '1970-01-02 08:00-23:59' }, { asleep: '1970-01-02' }],
      asleep: { min: 0, desired: 1 },
    };
    expect(compileSchedules({ nights: raw })).toEqual({
      nights: {
        name: 'nights',
        timezone: 'UTC',
        awake: [
          { text: 'Mon-Tue 07:00-20:00', days: [{ weekday: 1 }, { weekday: 2 }], from: 420, to: 1200 },
          { text: 'Sat 22:00-Mon 06:00', days: [{ weekday: 6 }], from: 1320, to: 3240 },
          { text: 'last Fri 22:00-06:00', days: [{ weekday: 5, nth: -1 }], from: 1320, to: 1800 },
        ],
        holidays: [
          { text: '1970-01-02', every: 'once', from: 1, to: 1 },
          { text: '1970-01-03/1970-01-04', every: 'once', from: 2, to: 3 },
          { text: '12-24/01-01', every: 'year', from: 1224, to: 101 },
        ],
        exceptions: [
          { text: '1970-01-02 08:00-23:59', level: 'awake', from: 1920, to: 2879 },
          { text: '1970-01-02', level: 'asleep', from: 1440, to: 2880 },
        ],
        asleep: { min: 0, desired: 1 },
      },
    });
  });

  it('leaves nothing of a service that sleeps, unless told otherwise', () => {
    expect(compileSchedules({ nights: base })['nights']?.asleep).toEqual({ min: 0, desired: 0 });
    expect(compileSchedules({ nights: { ...base, asleep: 2 } })['nights']?.asleep).toEqual({ min: 2, desired: 2 });
  });
});

describe('scheduleWarnings', () => {
  const never = { wakes: 'schedules.nights never wakes', sleeps: 'schedules.nights never sleeps' };
  it.each<[what: string, differing: object, warning: string]>([
    ['no window', awake(), never.wakes],
    ['a holiday on each day', holidays('01-01/12-31'), never.wakes],
    ['holidays that together are each day', holidays('06-01/02-28', '02-29/05-31'), never.wakes],
    ['holidays that leave the leap day out', holidays('06-01/02-28', '03-01/05-31'), ''],
    ['no window, but an exception', { ...awake(), ...exceptions({ awake: '2026-12-31' }) }, ''],
    ['every day and night', awake('Mon-Sun 00:00-24:00'), never.sleeps],
    ['a week in one span', awake('Mon 07:00-Sun 24:00', 'Sun 20:00-Mon 07:00'), never.sleeps],
    ['days and nights that meet', awake('Mon-Sun 07:00-20:00', 'Mon-Sun 20:00-07:00'), never.sleeps],
    ['a minute left out', awake('Mon-Sun 07:00-20:00', 'Mon-Sun 20:00-06:59'), ''],
    ['a Sunday of each month only', awake('Mon-Sat 00:00-24:00', '1st Sun 00:00-24:00'), ''],
    ['every day, but a holiday', { ...awake('Mon-Sun 00:00-24:00'), ...holidays('12-25') }, ''],
    ['every day, but an exception', { ...awake('Mon-Sun 00:00-24:00'), ...exceptions({ asleep: '2026-12-31' }) }, ''],
  ])('of %s', (_, differing, warning) => {
    const [first = ''] = scheduleWarnings(compileSchedules({ nights: { ...base, ...differing } }), new Set(['nights']));
    expect(first.split(':')[0]).toBe(warning);
  });

  it('of one that nobody uses', () => {
    expect(scheduleWarnings(compileSchedules({ nights: base }), new Set())).toEqual(['schedules.nights is the offPeak of no service.']);
  });
});
