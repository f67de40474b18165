import { installedAt, minuteMs } from '../place.ts';
import type { Stretch } from './calendar.ts';
import { runYear, type YearEnd } from './year.ts';

/** When clocks change in the three zones, and when a year ends in them. */
const instants = [
  '2026-12-31T17:00Z',
  '2027-03-14T07:00Z',
  '2027-03-28T01:00Z',
  '2027-04-03T15:00Z',
  '2027-10-02T15:30Z',
  '2027-10-31T01:00Z',
  '2027-11-07T06:00Z',
].map((text) => Date.parse(text));
const hourMs = 60 * minuteMs;
const aroundMs = 6 * hourMs;
const firstMs = 8 * hourMs;
const dayMs = 24 * hourMs;

function isLived(ms: number): boolean {
  return ms < installedAt.getTime() + firstMs || instants.some((instant) => Math.abs(ms - instant) < aroundMs);
}

/** The days for which the clocks are asked: each that is lived through, and those before it. */
const stretches: readonly Stretch[] = [installedAt.getTime(), ...instants].map((ms) => ({
  fromMs: Math.floor(ms / dayMs) * dayMs - dayMs,
  days: 4,
}));
/** It ends so many days after the installation, in the last stretch. */
const days = 350;

/** Lives through the hours around each change of clocks and each end of a year: between them nothing is invoked, as if the product had been away. */
export function runShortYear(seed = 1): Promise<YearEnd> {
  return runYear({ seed, days, lived: { isLived, stretches } });
}
