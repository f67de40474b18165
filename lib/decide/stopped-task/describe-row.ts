import { causes, repeatedRows } from './causes.ts';
import type { Diagnosis } from '../../domain/diagnosis.ts';

/** The diagnosis of a row that counts, where the task itself is no longer at hand: a counted failure keeps its row. Undefined for any other row. */
export function describeRow(row: number): Diagnosis | undefined {
  const [category, happened, check] = causes[row] ?? [];
  if (category === undefined) return undefined;
  return { row, category, counts: repeatedRows.has(row) ? 'if-repeated' : 'yes', cause: `${happened}. ${check}.` };
}
