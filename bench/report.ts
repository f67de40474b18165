/** One figure, what it is measured against, and whether it keeps within what is allowed. */
export interface Figure {
  what: string;
  measured: string;
  floor: string;
  allowed: string;
  holds: boolean;
}

/** Stands where a figure is told for its own sake. */
export const noBudget = '-';

const say = (text: string): void => console.log(text);

/** A heading, with what is measured and how. */
export function heading(title: string, explanation: string): void {
  say(`\n${title}\n${'='.repeat(title.length)}\n${explanation}\n`);
}

/** What is going on, for whoever waits. */
export function progress(text: string): void {
  say(`  … ${text}`);
}

/** Prints figures beside their floors. */
export function printFigures(figures: Figure[]): void {
  const rows = figures.map(({ what, measured, floor, allowed, holds }) => [what, measured, floor, allowed, holds ? 'holds' : 'MISSED']);
  printTable(['', 'measured', 'floor', 'allowed', ''], rows);
}

/** Prints rows under a header; the first column to the left, the others to the right. */
export function printTable(header: string[], rows: string[][]): void {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  say('');
  for (const row of [header, widths.map((width) => '-'.repeat(width)), ...rows]) say(`  ${line(row).trimEnd()}`);
}

/** The middle of the values. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Milliseconds as they are read. */
export function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}
