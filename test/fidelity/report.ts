import { addressOf } from './case.ts';
import type { FidelityCase } from './case.ts';
import type { Deviation } from './run.ts';

export interface Result {
  told: FidelityCase;
  deviations: Deviation[];
}

/** Results sorted by what they say of an implementation. */
export interface Verdict {
  agrees: Result[];
  explained: Result[];
  unexplained: Result[];
  /** A difference was explained, and there is none. */
  outdated: Result[];
}

export function judge(results: Result[], name: string): Verdict {
  const explains = ({ told }: Result): boolean => told.others?.[name] !== undefined;
  const differs = ({ deviations }: Result): boolean => deviations.length > 0;
  return {
    agrees: results.filter((result) => !differs(result)),
    explained: results.filter((result) => differs(result) && explains(result)),
    unexplained: results.filter((result) => differs(result) && !explains(result)),
    outdated: results.filter((result) => !differs(result) && explains(result)),
  };
}

/** The report as text: what agrees, what differs and why, what differs and nobody knows why. */
export function reportOf(verdict: Verdict, name: string): string {
  const count = verdict.agrees.length + verdict.explained.length + verdict.unexplained.length;
  return [
    `${count} cases against ${name}: ${verdict.agrees.length} agree, ${verdict.explained.length} differ for a known reason, ${verdict.unexplained.length} differ.`,
    ...section('Agree', verdict.agrees, () => []),
    ...section('Differ, and why', verdict.explained, (result) => [
      `  ${result.told.others?.[name]}`,
      ...result.deviations.slice(0, 1).map(lineOf),
      ...sourcesOf(result),
    ]),
    ...section('Differ, unexplained', verdict.unexplained, (result) => [...result.deviations.map(lineOf), ...sourcesOf(result)]),
    ...section('Explained, yet agree', verdict.outdated, () => []),
  ].join('\n');
}

function section(title: string, results: Result[], more: (result: Result) => string[]): string[] {
  return results.length === 0 ? [] : ['', `## ${title}`, ...results.flatMap((result) => [`- ${result.told.name}`, ...more(result)])];
}

function sourcesOf({ told }: Result): string[] {
  return told.sources.map((source) => `  ${addressOf(source)}`);
}

export function lineOf({ step, did, path, expected, found }: Deviation): string {
  return `  step ${step}, ${did}: at ${path} expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)?.slice(0, 300)}`;
}
