import { describe, expect, it } from '@jest/globals';
import { mapping } from '../../lib/config/leaves.ts';
import { offPeakFaults } from '../../lib/config/off-peak-faults.ts';
import { after, offPeak } from '../../lib/config/schema-schedules.ts';

const base = { timezone: 'Europe/Berlin', awake: ['Mon-Fri 07:00-20:00'] };

const service = (settings: object) => ({ image: 'web', ...settings });

describe('off-peak keys of services', () => {
  it.each<[mistake: string, raw: object, path: string, found: string, allowed: string, ...meant: string[]]>([
    [
      'an unknown schedule',
      { services: { 'a/b': service({ offPeak: 'nihgts' }) }, schedules: { nights: base } },
      'services.a/b.offPeak',
      '"nihgts"',
      'one of the schedules nights; or false',
      'nights',
    ],
    [
      'a schedule where there is none',
      { services: { 'a/b': service({ offPeak: 'nights' }) } },
      'services.a/b.offPeak',
      '"nights"',
      'there is none under schedules',
    ],
    [
      'an unknown schedule of the defaults',
      { defaults: { offPeak: 'days' }, services: {}, schedules: { nights: base } },
      'defaults.offPeak',
      '"days"',
      'one of the schedules nights',
    ],
    [
      'an unknown service',
      { services: { 'a/b': service({ after: ['a/databse'] }), 'a/database': service({}) } },
      'services.a/b.after[0]',
      '"a/databse"',
      'a service under services',
      'a/database',
    ],
    [
      'a service that waits for itself',
      { services: { 'a/b': service({ after: ['a/b'] }) } },
      'services.a/b.after',
      'a/b waits for a/b',
      'an order without a circle',
    ],
    [
      'a circle of three',
      { services: { 'a/a': service({ after: ['a/b'] }), 'a/b': service({ after: ['a/c'] }), 'a/c': service({ after: ['a/a'] }) } },
      'services.a/a.after',
      'a/a waits for a/b waits for a/c waits for a/a',
      'an order without a circle',
    ],
    [
      'a circle by the defaults',
      { defaults: { after: ['a/b'] }, services: { 'a/b': service({ after: ['a/c'] }), 'a/c': service({}) } },
      'services.a/b.after',
      'a/b waits for a/c waits for a/b',
      'an order without a circle',
    ],
  ])('%s', (_, raw, path, found, allowed, meant = '') => {
    const faults = offPeakFaults(raw as Record<string, unknown>);
    expect(faults.map((fault) => ({ nearest: '', ...fault }))).toMatchObject([{ path, found, nearest: meant }]);
    expect(faults[0]?.allowed).toContain(allowed);
  });

  it.each<[what: string, raw: object]>([
    [
      'a service that opts out',
      { defaults: { offPeak: 'nights' }, services: { 'a/b': service({ offPeak: false }) }, schedules: { nights: base } },
    ],
    ['one that all others wait for', { defaults: { after: ['a/b'] }, services: { 'a/b': service({}), 'a/c': service({}) } }],
    [
      'two ways to one service',
      { services: { 'a/a': service({ after: ['a/b', 'a/c'] }), 'a/b': service({ after: ['a/c'] }), 'a/c': service({}) } },
    ],
  ])('without fault: %s', (_, raw) => {
    expect(offPeakFaults(raw as Record<string, unknown>)).toEqual([]);
  });

  it.each<[what: string, settings: object, allowed: string]>([
    ['offPeak: true', { offPeak: true }, 'the name of a schedule, or false'],
    ['after as a text', { after: 'a/b' }, 'a list of services'],
    ['after without a cluster', { after: ['database'] }, 'cluster/service'],
  ])('%s is refused by the schema', (_, settings, allowed) => {
    const parsed = mapping({ offPeak: offPeak.optional(), after: after.optional() }).safeParse(settings);
    expect(parsed.error?.issues[0]?.message).toContain(allowed);
  });
});
