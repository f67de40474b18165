import { join } from 'node:path';
import type { Mutant } from './mutants.ts';

/** The folder that a mutant's file is below. */
export const lib = join(import.meta.dirname, '../../../lib');

/** Applies a mutant to a source text; throws unless it matches exactly once. */
export function mutated(source: string, { name, find, replace }: Mutant): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`"${name}" matches ${parts.length - 1} times`);
  return parts.join(replace);
}
