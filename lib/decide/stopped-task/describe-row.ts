import { catalogue } from './catalogue.ts';
import { explanations } from './explanations.ts';
import type { Diagnosis } from '../../domain/diagnosis.ts';

/** The diagnosis of a row alone, where the task itself is no longer at hand: a counted failure keeps its row. Undefined for a row that this version lacks. */
export function describeRow(row: number): Diagnosis | undefined {
  const found = catalogue.find(({ n }) => n === row);
  const [happened, check] = explanations[row] ?? [];
  if (found === undefined || happened === undefined) return undefined;
  return { row, category: found.category, counts: found.counts, cause: `${happened}. ${check}.` };
}
