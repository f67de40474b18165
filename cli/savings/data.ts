import type { ServiceSlept } from './gather.ts';
import { asleepNow, type Savings } from './report.ts';
import type { Part, Worth } from '../../lib/decide/savings/worth.ts';
import { toInstant } from '../../lib/domain/instant.ts';

/** Savings for machines: version 1. Hours and dollars are rounded to six digits after the point. */
export function savingsData(savings: Savings, slept: readonly ServiceSlept[], region: string, now: Date, notes: string[]): object {
  return {
    version: 1,
    region,
    at: toInstant(now),
    currency: 'USD',
    assumption: 'each service had stayed at the capacity and with the revision it fell asleep with',
    months: savings.months,
    services: savings.rows.map(({ service, watched, month, running, worth }) => ({
      service,
      watched,
      month,
      running,
      ...figures(worth),
      parts: worth.parts.map(partData),
    })),
    totals: savings.totals.map(({ month, ...sum }) => ({ month, ...figures(sum) })),
    total: figures(savings.total),
    asleep: asleepNow(slept),
    prices: savings.prices,
    notes,
  };
}

function partData({ provider, platform, price, sizedTaskHours, ...part }: Part): object {
  const { taskHours } = part;
  const known = sizedTaskHours === 0 ? { taskHours } : part; // Without any size its vCPU and GB are unknown, not none.
  return {
    provider,
    platform: platform ?? null,
    ...figures(known),
    vcpuHourUsd: price?.vcpuHour ?? null,
    gbHourUsd: price?.gbHour ?? null,
  };
}

function figures({ taskHours, vcpuHours, gbHours, usd }: Omit<Worth, 'parts'>): object {
  return { taskHours: rounded(taskHours), vcpuHours: rounded(vcpuHours), gbHours: rounded(gbHours), usd: rounded(usd) };
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 1e6) / 1e6;
}
