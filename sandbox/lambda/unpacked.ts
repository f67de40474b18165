import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { unzip } from './zip.ts';

const cache = join(import.meta.dirname, '../../node_modules/.cache/ecs-autopilot-sandbox');
const weekMs = 604_800_000;

/**
 * Unpacks a function's archive and answers the folder of its code. It is called by what it holds and stays, beside what was compiled of it: the next sandbox
 * with the same package starts its functions in half the time.
 */
export function unpacked(archive: Buffer): string {
  const folder = join(cache, createHash('sha256').update(archive).digest('hex'));
  if (!existsSync(folder)) unpackInto(folder, archive);
  utimesSync(folder, new Date(), new Date());
  return join(folder, 'code');
}

/** Where the compiled code of a function is kept. */
export function compiledOf(codeFolder: string): string {
  return join(codeFolder, '../compiled');
}

// Put in place by one rename: of two sandboxes that unpack the same, one comes first, and the other's is thrown away.
function unpackInto(folder: string, archive: Buffer): void {
  mkdirSync(cache, { recursive: true });
  removeUnused();
  const own = mkdtempSync(`${folder}-`);
  mkdirSync(join(own, 'code'));
  try {
    unzip(archive, join(own, 'code'));
    renameSync(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function removeUnused(): void {
  for (const path of readdirSync(cache).map((name) => join(cache, name))) {
    const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > weekMs) rmSync(path, { recursive: true, force: true });
  }
}
