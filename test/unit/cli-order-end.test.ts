import { describe, expect, it } from '@jest/globals';
import { endOf } from '../../cli/order-end.ts';

const now = new Date('2026-10-24T12:00:00.000Z'); // The day before clocks go back in Berlin.

describe('the end of an order', () => {
  it.each<[what: string, flags: object, end: string]>([
    ['after a time', { for: '2h' }, '2026-10-24T14:00:00.000Z'],
    ['at a time of today', { until: '14:01' }, '2026-10-24T12:01:00.000Z'],
    ['at a time of tomorrow, where it is that time now', { until: '14:00' }, '2026-10-25T13:00:00.000Z'],
    ['at a time that comes twice, the first', { until: '02:30' }, '2026-10-25T00:30:00.000Z'],
    ['at an instant', { until: '2026-10-26T07:00Z' }, '2026-10-26T07:00:00.000Z'],
  ])('%s', (_, flags, end) => {
    expect(endOf(flags, 'Europe/Berlin', now)).toBe(end);
  });

  it.each<[what: string, flags: object, says: string]>([
    ['neither', {}, 'either --for 2h or --until 07:00'],
    ['both', { for: '2h', until: '07:00' }, 'either --for 2h or --until 07:00'],
    ['a time without unit', { for: '2' }, 'found 2'],
    ['no time at all', { for: '0h' }, 'found 0h'],
    ['a time that is none', { until: '25:00' }, 'found 25:00'],
    ['a day that its month has not', { until: '2026-02-31T00:00Z' }, 'found 2026-02-31T00:00Z'],
    ['a time longer than calendars reach', { for: '99999999d' }, 'found 99999999d'],
    ['a day that is none', { until: '2026-13-01T00:00Z' }, 'found 2026-13-01T00:00Z'],
  ])('is refused as %s', (_, flags, says) => {
    expect(() => endOf(flags, 'UTC', now)).toThrow(says);
  });
});
