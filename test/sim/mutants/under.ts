import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allMutants } from './all.ts';
import { lib, mutated } from './mutated.ts';

const root = join(lib, '..');
const marked = /\?mutant=(.+)$/;

/**
 * Imports a module of the seeded world, given by its path from this folder, over the code with a defect in it. Each mutant has modules of its own, so that one
 * process hunts them all; no file is touched.
 */
export function importUnder(mutant: string, path: string): Promise<unknown> {
  return import(`${path}?mutant=${encodeURIComponent(mutant)}`) as Promise<unknown>;
}

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const mark = marked.exec(context.parentURL ?? '')?.[0] ?? '';
    const isOurs = found.url.startsWith('file:') && !fileURLToPath(found.url).startsWith(join(root, 'node_modules/'));
    return mark === '' || !isOurs ? found : { ...found, url: `${found.url}${mark}` };
  },
  load(url, context, next) {
    const name = marked.exec(url)?.[1];
    if (name === undefined) return next(url, context);
    const mutant = allMutants.find((one) => one.name === decodeURIComponent(name));
    if (mutant === undefined) throw new Error(`There is no mutant "${decodeURIComponent(name)}"`);
    const path = fileURLToPath(url.replace(marked, ''));
    if (path !== join(lib, mutant.file)) return next(url, context);
    return { format: 'module-typescript', source: mutated(readFileSync(path, 'utf8'), mutant), shortCircuit: true };
  },
});
