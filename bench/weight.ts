import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzip } from '../sandbox/lambda/zip.ts';
import { floorBundle, usesOf } from './floor-bundle.ts';
import type { Bundling } from './packaging.ts';
import { type Figure, heading, noBudget, printFigures } from './report.ts';

/** What a bundle may weigh above its clients, gzipped. */
export const gzippedAllowedKb = 40;

/** Where the clients take credentials from, unless told otherwise. */
const credentialChain = ['@aws-sdk/credential-provider-node'];

/** What a packaged bundle weighs, gzipped, in kB. */
export interface Weight {
  ours: number;
  /** Its clients and commands alone, as the SDK comes. */
  clients: number;
}

/** Weighs each function's bundle beside ones that hold its SDK clients alone. */
export async function measureWeights({ folder, bundling }: { folder: string; bundling: Bundling }): Promise<Figure[]> {
  heading(
    'Weight of the bundles',
    `Each packaged bundle, gzipped, beside one of its SDK clients and commands alone, built by the same settings, of a configuration that asks for everything.
Ours leave out what Lambda never takes credentials from, which the clients carry as they come; below, the same without that: what is above it is code of ours.`,
  );
  const figures: Figure[] = [];
  for (const name of Object.keys(usesOf))
    figures.push(...figuresOf(name, await weigh(name, folder, bundling), await leanClients(name, bundling)));
  printFigures(figures);
  return figures;
}

/** Weighs one function's bundle of a package. */
export async function weigh(name: string, packages: string, bundling: Bundling): Promise<Weight> {
  const [ours, clients] = await Promise.all([packedBundle(name, packages), floorBundle(usesOf[name] ?? {}, bundling)]);
  return { ours: gzippedKb(ours), clients: gzippedKb(clients) };
}

// Without the sources of credentials that our bundles leave out: what is above that is code of ours.
async function leanClients(name: string, bundling: Bundling): Promise<number> {
  return gzippedKb(await floorBundle(usesOf[name] ?? {}, bundling, credentialChain));
}

/** The bundle of a function in a package. */
export async function packedBundle(name: string, packages: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'ecs-autopilot-weight-'));
  try {
    unzip(await readFile(join(packages, `${name}.zip`)), folder);
    return await readFile(join(folder, 'functions', `${name}.cjs`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf(name: string, { ours, clients }: Weight, lean: number): Figure[] {
  const above = ours - clients;
  const measured = kilobytes(ours);
  return [
    {
      what: `${name}: gzipped, ${kilobytes(above)} above its clients`,
      measured,
      floor: kilobytes(clients),
      allowed: kilobytes(clients + gzippedAllowedKb),
      holds: above <= gzippedAllowedKb,
    },
    { what: `  ${kilobytes(ours - lean)} of it ours`, measured, floor: kilobytes(lean), allowed: noBudget, holds: true },
  ];
}

function gzippedKb(contents: Uint8Array): number {
  return gzipSync(contents).length / 1000;
}

function kilobytes(kb: number): string {
  return `${kb.toFixed(1)} kB`;
}
