import type { Price } from '../../domain/savings.ts';

const launches: Readonly<Record<string, Price['launch']>> = { FARGATE: 'fargate', FARGATE_SPOT: 'fargate-spot' };

/** The first price that holds for what ran there; undefined where none is known. Instances cost what they cost, however few tasks they run. */
export function priceOf(prices: readonly Price[], region: string, provider: string, platform: string | undefined): Price | undefined {
  const launch = launches[provider];
  return prices.find(
    (price) => price.launch === launch && price.platform === platform && (price.region === undefined || price.region === region),
  );
}
