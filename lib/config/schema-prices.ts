import * as z from 'zod';
import { choice, list, mapping, text } from './leaves.ts';
import { priceLaunches, pricePlatforms } from '../domain/savings.ts';

const amountAllowed = 'US dollars an hour from 0 to 100, such as 0.04048';
const amount = z.number({ error: amountAllowed }).min(0, { error: amountAllowed }).max(100, { error: amountAllowed });

const price = mapping({
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, such as eu-central-1')
    .optional()
    .describe('Default: every region.'),
  launch: choice(priceLaunches).optional().describe('Default: fargate.'),
  platform: choice(pricePlatforms).optional().describe('Default: linux/amd64.'),
  vcpuHour: amount.describe('Of a vCPU, in US dollars.'),
  gbHour: amount.describe('Of a GB of memory, in US dollars.'),
  source: text(/\S/, 'where the price is from').optional().describe('Where the price is from: shown with what it was applied to.'),
});

/** What hours of tasks are worth, for `autopilot savings`. */
export const prices = list(price, 'a list of { region, launch, platform, vcpuHour, gbHour, source }').describe(
  'Prices for the savings that are told, before those that are built in.',
);

export type RawPrice = z.input<typeof price>;
