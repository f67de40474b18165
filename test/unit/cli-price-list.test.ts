import { describe, expect, it } from '@jest/globals';
import { priceList } from '../../cli/savings/price-list.ts';

describe('the prices that are built in', () => {
  it.each(priceList.map((price) => [`${price.region} ${price.platform}`, price] as const))(
    '%s has a source, a date, and a place in the order of prices',
    (_, price) => {
      expect(price.source).toBe(`https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonECS/current/${price.region}/index.json`);
      expect(price.asOf).toMatch(/^2026-\d\d-\d\d$/);
      expect(price.vcpuHour / price.gbHour).toBeGreaterThan(9); // On each list that was read a vCPU costs nine times what a GB does: a slip of a digit would not.
      expect(price.vcpuHour / price.gbHour).toBeLessThan(9.25);
    },
  );

  it('are one each', () => {
    const names = priceList.map(({ region, launch, platform }) => `${region} ${launch} ${platform}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
