import { measureImports } from './bundles.ts';
import { packageEverything, packageFleet, type Packaged } from './packaging.ts';
import { measurePush } from './push.ts';
import { type Figure, heading, noBudget, printFigures, progress } from './report.ts';
import { measureRollback } from './rollback.ts';
import { measureSandbox } from './sandbox.ts';
import { measureTableTraffic } from './table-traffic.ts';
import { measureWeights } from './weight.ts';

const fewServices = 10;
const manyServices = 10_000;

/** Measures everything that has a budget, or the weight of the bundles alone; 0 when each is kept, 1 when one is missed, 2 when asked for anything else. */
async function main([part, ...more]: string[]): Promise<number> {
  if (part === undefined) return measureAll();
  if (part === 'weight' && more.length === 0) return measureOf([packageEverything], ([everything]) => measureWeights(everything));
  console.error('npm run bench, or npm run bench -- weight for the weight of the bundles alone');
  return 2;
}

async function measureAll(): Promise<number> {
  progress('packages the product three times: with all that can be asked for, and with 10 and 10,000 services');
  const packages = [packageEverything, () => packageFleet(fewServices), () => packageFleet(manyServices)] as const;
  return measureOf(packages, async ([everything, few, many]) => [
    ...(await measureWeights(everything)),
    ...(await measureImports(everything)),
    ...(await measurePush(few)),
    ...(await measureRollback(few)),
    ...(await measureSandbox(few)),
    ...(await measureTableTraffic({ packaged: few, services: fewServices }, { packaged: many, services: manyServices })),
  ]);
}

type PackagedBy<Packages extends readonly unknown[]> = { [Index in keyof Packages]: Packaged };

async function measureOf<const Packages extends readonly (() => Promise<Packaged>)[]>(
  makers: Packages,
  measure: (packages: PackagedBy<Packages>) => Promise<Figure[]>,
): Promise<number> {
  const packages = await Promise.all(makers.map((make) => make()));
  try {
    return conclude(await measure(packages as PackagedBy<Packages>));
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

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
