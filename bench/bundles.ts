import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzip } from '../sandbox/lambda/zip.ts';
import { floorBundle, usesOf } from './floor-bundle.ts';
import { importMs } from './import-time.ts';
import type { Packaged } from './packaging.ts';
import { type Figure, heading, median, milliseconds, printFigures, progress } from './report.ts';

const runs = 17;
const timesAllowed = 1.3;

interface Pair {
  name: string;
  ours: string;
  floor: string;
}

/** Imports each function's bundle beside one that holds its SDK clients alone. */
export async function measureImports(packaged: Packaged): Promise<Figure[]> {
  heading(
    'Import of the bundles',
    `Each packaged bundle beside one of its SDK clients and commands alone, built by the same settings: ${runs} imports each, in fresh processes, alternating;
medians, and the median of the ratios of neighbours.`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'ecs-autopilot-bundles-'));
  try {
    const figures: Figure[] = [];
    for (const name of Object.keys(usesOf)) {
      progress(name);
      figures.push(await measure(await layOut(name, packaged, folder)));
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

async function measure({ name, ours, floor }: Pair): Promise<Figure> {
  const [oursMs, floorMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    oursMs.push(await importMs(ours));
    floorMs.push(await importMs(floor));
  }
  const times = median(oursMs.map((ms, run) => ms / (floorMs[run] ?? Number.NaN))); // Of neighbours: other load on the machine slows both.
  return {
    what: `${name}: import, ${times.toFixed(2)} times its floor`,
    measured: milliseconds(median(oursMs)),
    floor: milliseconds(median(floorMs)),
    allowed: `${timesAllowed} times`,
    holds: times <= timesAllowed,
  };
}
