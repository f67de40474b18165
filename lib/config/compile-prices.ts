import type { Price } from '../domain/savings.ts';
import type { RawPrice } from './schema-prices.ts';

const here = 'serverless.yml';

/** Prices with their defaults, those of a region before those of any. They travel in no bundle: only the command line tells what was saved. */
export function compilePrices(prices: readonly RawPrice[] = []): Price[] {
  const read = prices.map(({ region, launch = 'fargate', platform = 'linux/amd64', vcpuHour, gbHour, source = here }) => ({
    ...(region === undefined ? {} : { region }),
    launch,
    platform,
    vcpuHour,
    gbHour,
    source,
  }));
  return [...read.filter(({ region }) => region !== undefined), ...read.filter(({ region }) => region === undefined)];
}
