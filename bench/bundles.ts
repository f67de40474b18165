import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzip } from '../sandbox/lambda/zip.ts';
import { floorBundle, usesOf } from './floor-bundle.ts';
import { importMs } from './import-time.ts';
import type { Packaged } from './packaging.ts';
import { type Figure, heading, median, milliseconds, printFigures, progress } from './report.ts';

const runs = 17;
const timesAllowed = 1.3;
const gzippedAllowedKb = 40;

interface Pair {
  name: string;
  ours: string;
  floor: string;
}

/** Imports each function's bundle, and weighs it, beside one that holds its SDK clients alone. */
export async function measureBundles(packaged: Packaged): Promise<Figure[]> {
  heading(
    'Import of the bundles',
    `Each packaged bundle beside one of its SDK clients and commands alone, built alike: ${runs} imports each, in fresh processes, alternating; medians, and the median of the
ratios of neighbours.`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'ecs-autopilot-bundles-'));
  try {
    const figures: Figure[] = [];
    for (const name of Object.keys(usesOf)) {
      progress(name);
      figures.push(...(await measure(await layOut(name, packaged, folder))));
    }
    printFigures(figures);
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(name: string, { folder: packages, bundling }: Packaged, folder: string): Promise<Pair> {
  const ours = join(folder, name);
  await mkdir(ours);
  unzip(await readFile(join(packages, `${name}.zip`)), ours);
  const floor = join(folder, `${name}-floor.cjs`);
  await writeFile(floor, await floorBundle(usesOf[name] ?? {}, bundling));
  return { name, ours: join(ours, 'functions', `${name}.cjs`), floor };
}

async function measure({ name, ours, floor }: Pair): Promise<Figure[]> {
  const [oursMs, floorMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    oursMs.push(await importMs(ours));
    floorMs.push(await importMs(floor));
  }
  const [our, least] = [median(oursMs), median(floorMs)];
  const times = median(oursMs.map((ms, run) => ms / (floorMs[run] ?? Number.NaN))); // Of neighbours: other load on the machine slows both.
  const [ourKb, leastKb] = [await gzippedKb(ours), await gzippedKb(floor)];
  const time = { measured: milliseconds(our), floor: milliseconds(least), allowed: `${timesAllowed} times` };
  const weight = { measured: kilobytes(ourKb), floor: kilobytes(leastKb), allowed: kilobytes(leastKb + gzippedAllowedKb) };
  return [
    { what: `${name}: import, ${times.toFixed(2)} times its floor`, ...time, holds: times <= timesAllowed },
    { what: `${name}: gzipped, ${kilobytes(ourKb - leastKb)} above its floor`, ...weight, holds: ourKb - leastKb <= gzippedAllowedKb },
  ];
}

async function gzippedKb(file: string): Promise<number> {
  return gzipSync(await readFile(file)).length / 1000;
}

function kilobytes(kb: number): string {
  return `${kb.toFixed(1)} kB`;
}
