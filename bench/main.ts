import { measureBundles } from './bundles.ts';
import { packageFleet, type Packaged } from './packaging.ts';
import { measurePush } from './push.ts';
import { type Figure, heading, printFigures, progress } from './report.ts';
import { measureRollback } from './rollback.ts';
import { measureTableTraffic } from './table-traffic.ts';

const fewServices = 10;
const manyServices = 10_000;

/** Measures everything that has a budget; 0 when each is kept, 1 when one is missed. */
async function main(): Promise<number> {
  const packages: Packaged[] = [];
  const packaged = async (services: number): Promise<Packaged> => {
    progress(`packages the product with ${services} services`);
    const fleet = await packageFleet(services);
    packages.push(fleet);
    return fleet;
  };
  try {
    const figures: Figure[] = [];
    figures.push(...(await measureBundles(await packaged(1)))); // Code is what is weighed: the configuration is as small as it can be.
    const few = await packaged(fewServices);
    figures.push(...(await measurePush(few)));
    figures.push(...(await measureRollback(few)));
    figures.push(
      ...(await measureTableTraffic(
        { packaged: few, services: fewServices },
        { packaged: await packaged(manyServices), services: manyServices },
      )),
    );
    return conclude(figures);
  } finally {
    await Promise.all(packages.map(({ remove }) => remove()));
  }
}

function conclude(figures: Figure[]): number {
  const missed = figures.filter(({ holds }) => !holds);
  heading('Result', `${figures.length - missed.length} of ${figures.length} budgets hold.`);
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
