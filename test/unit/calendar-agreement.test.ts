import { describe, expect, it } from '@jest/globals';
import { Cron } from 'croner';
import fc from '../fixtures/fast-check.ts';
import { edgesBetween } from '../../lib/calendar/edges.ts';
import { disagreement } from '../calendar/agreement.ts';
import { clocksOf } from '../calendar/oracle.ts';
import { randomSchedule, written, zones } from '../calendar/random-schedule.ts';
import { aSchedule } from '../fixtures/schedules.ts';

/** Days around which clocks change somewhere, years end or a day is leapt in. */
const days: Record<string, string[]> = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
  'Asia/Kolkata': ['2026-12-31'],
  'America/Sao_Paulo': ['2028-02-29'],
  UTC: ['2026-12-31'],
};
const cases = zones.flatMap((zone) => (days[zone] ?? []).map((day) => [zone, day] as const));
const dayMs = 86_400_000;
const before = 9; // The longest window began within these days.

describe('edges, levels and clocks agree minute by minute', () => {
  it.each(cases)('in %s around %s', (zone, day) => {
    const middle = Date.parse(`${day}T00:00:00.000Z`);
    const clocks = clocksOf(zone, middle - (before + 1) * dayMs, before + 3);
    const dates = [-1, 0, 1].map((offset) => Number(new Date(middle + offset * dayMs).toISOString().slice(0, 10).replaceAll('-', '')));
    const property = fc.property(randomSchedule(zone, dates), (plain) => {
      const found = disagreement(plain, clocks, before * 1440);
      if (found !== undefined) throw new Error(`${JSON.stringify(written(plain))}\n${found}`);
    });
    fc.assert(property, { numRuns: 20 });
  });
});

describe('the edges of a year are those of cron', () => {
  it.each([
    ['Mon-Fri 07:00-20:00', '0 7 * * 1-5', '0 20 * * 1-5'],
    ['1st Mon 08:00-12:00', '0 8 * * 1#1', '0 12 * * 1#1'],
    ['last Fri 18:00-22:30', '0 18 * * 5#L', '30 22 * * 5#L'],
  ] as const)('%s', (window, wakes, sleeps) => {
    for (const timezone of ['Europe/Berlin', 'Australia/Lord_Howe']) {
      const [from, to] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2027-01-01T00:00:00.000Z')];
      const edges = edgesBetween(aSchedule({ timezone, awake: [window] }), undefined, from, to);
      const runs = (expression: string) => runsOf(expression, timezone, from, to);
      const at = (level: string) => edges.filter((edge) => edge.level === level).map((edge) => edge.at);
      expect(at('awake')).toEqual(runs(wakes));
      expect(at('asleep')).toEqual(runs(sleeps));
    }
  });
});

function runsOf(expression: string, timezone: string, from: Date, to: Date): string[] {
  const cron = new Cron(expression, { timezone, paused: true });
  const runs: string[] = [];
  for (let run = cron.nextRun(from); run !== null && run <= to; run = cron.nextRun(run)) runs.push(run.toISOString());
  return runs;
}
