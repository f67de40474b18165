import { measureBundles } from './bundles.ts';
import { packageFleet, type Packaged } from './packaging.ts';
import { measurePush } from './push.ts';
import { type Figure, heading, noBudget, printFigures, progress } from './report.ts';
import { measureRollback } from './rollback.ts';
import { measureSandbox } from './sandbox.ts';
import { measureTableTraffic } from './table-traffic.ts';

const fewServices = 10;
const manyServices = 10_000;

/** Measures everything that has a budget; 0 when each is kept, 1 when one is missed. */
async function main(): Promise<number> {
  progress('packages the product three times: with 1, 10 and 10,000 services');
  const packages = await Promise.all([1, fewServices, manyServices].map(packageFleet));
  const [least, few, many] = packages as [Packaged, Packaged, Packaged];
  try {
    const figures = [
      ...(await measureBundles(least)), // Code is what is weighed: the configuration is as small as it can be.
      ...(await measurePush(few)),
      ...(await measureRollback(few)),
      ...(await measureSandbox(few)),
      ...(await measureTableTraffic({ packaged: few, services: fewServices }, { packaged: many, services: manyServices })),
    ];
    return conclude(figures);
  } finally {
    await Promise.all(packages.map(({ remove }) => remove()));
  }
}

function conclude(figures: Figure[]): number {
  const budgets = figures.filter(({ allowed }) => allowed !== noBudget);
  const missed = budgets.filter(({ holds }) => !holds);
  heading('Result', `${budgets.length - missed.length} of ${budgets.length} budgets hold.`);
  if (missed.length > 0) printFigures(missed);
  return missed.length === 0 ? 0 : 1;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
