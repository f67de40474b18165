import type { ServiceSlept } from './gather.ts';
import type { Month } from '../../lib/decide/savings/months.ts';
import { sumOf, worthOf, type Worth, type WorthFacts } from '../../lib/decide/savings/worth.ts';
import type { Instant } from '../../lib/domain/instant.ts';
import type { Price } from '../../lib/domain/savings.ts';

/** What one service slept off in one month. */
export interface Row {
  service: string;
  /** It only would have slept, since its mode was watch: no part of any sum. */
  watched: boolean;
  month: Month;
  worth: Worth;
  /** It sleeps now: counted until now. */
  running: boolean;
}

export interface Savings {
  months: Month[];
  rows: Row[];
  totals: ({ month: Month } & Omit<Worth, 'parts'>)[];
  total: Omit<Worth, 'parts'>;
  /** Those by which something was priced. */
  prices: Price[];
}

/** By service and month, in the order of the configuration; a month in which a service slept nothing off has no row, but where it alone was asked for. */
export function savingsOf(
  slept: readonly ServiceSlept[],
  months: Month[],
  currentMonth: Month,
  facts: WorthFacts,
  alone: boolean,
): Savings {
  const rows = slept.flatMap(({ service, watched, hours, asleepSince }) =>
    months.flatMap((month): Row[] => {
      const worth = worthOf(
        hours.filter((one) => one.month === month),
        facts,
      );
      const running = asleepSince !== undefined && month === currentMonth;
      return (alone && !watched) || running || worth.taskHours > 0 ? [{ service, watched, month, worth, running }] : [];
    }),
  );
  const real = rows.filter(({ watched }) => !watched);
  const prices = rows.flatMap(({ worth }) => worth.parts.flatMap(({ price, usd }) => (usd === undefined ? [] : (price ?? []))));
  return {
    months,
    rows,
    totals: months.map((month) => ({ month, ...sumOf(real.filter((row) => row.month === month).map(({ worth }) => worth)) })),
    total: sumOf(real.map(({ worth }) => worth)),
    prices: [...new Set(prices)],
  };
}

/** When a sleep that goes on began, of each service that sleeps. */
export function asleepNow(slept: readonly ServiceSlept[]): { service: string; since: Instant }[] {
  return slept.flatMap(({ service, watched, asleepSince }) =>
    watched || asleepSince === undefined ? [] : [{ service, since: asleepSince }],
  );
}
