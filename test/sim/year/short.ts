import { installedAt, minuteMs } from '../place.ts';

/** The hours around each change of clocks in the three zones, around the end of the year, and of the first two days. */
const instants = [
  '2026-12-31T17:00Z',
  '2027-03-14T07:00Z',
  '2027-03-28T01:00Z',
  '2027-04-03T15:00Z',
  '2027-10-02T15:30Z',
  '2027-10-31T01:00Z',
  '2027-11-07T06:00Z',
].map((text) => Date.parse(text));
const aroundMs = 6 * 60 * minuteMs;
const firstMs = 8 * 60 * minuteMs;

/** Whether a minute is one of the few that `npm test` lives through: between them nothing is invoked, as if the product had been away. */
export function isOfShortYear(ms: number): boolean {
  return ms < installedAt.getTime() + firstMs || instants.some((instant) => Math.abs(ms - instant) < aroundMs);
}
