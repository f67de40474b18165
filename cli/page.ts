import { styleText } from 'node:util';
import { columns } from '../lib/notifications/columns.ts';
import { wrap } from '../lib/notifications/wrap.ts';

type Style = Parameters<typeof styleText>[0];

/** What is written on: how wide it is, and whether it shows colours. */
export interface Page {
  /** Columns; no line of a verb is longer, but for what must not be broken. */
  width: number;
  paint(style: Style, text: string): string;
}

/** A page for people at a terminal, at most 80 columns wide; a pipe and NO_COLOR get no colours. */
export function terminalPage(stream: NodeJS.WriteStream): Page {
  return {
    width: Math.max(40, Math.min(80, stream.columns ?? 80)),
    paint: (style, text) => styleText(style, text, { stream }),
  };
}

/** A page without colours. */
export function plainPage(width: number): Page {
  return { width, paint: (_, text) => text };
}

/** A text of several lines, what is too long wrapped under its own margin. */
export function fitted(text: string, width: number): string {
  const lines = text.split('\n').flatMap((line) => {
    const margin = /^\s*/.exec(line)?.[0] ?? '';
    return columns(line) <= width ? [line] : wrap(line, width - margin.length).map((part) => `${margin}${part}`);
  });
  return lines.join('\n');
}

/** Rows in columns that stand under each other, two blanks apart; the last column is left as it is. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => columns(row[index] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - columns(cell) + 2)))
      .join('')
      .trimEnd(),
  );
}

/** Labels and what they stand for, the texts under each other and wrapped under themselves. */
export function labelled(rows: readonly (readonly [label: string, text: string])[], width: number, indent = '  '): string[] {
  const labelWidth = Math.max(0, ...rows.map(([label]) => columns(label)));
  const margin = ' '.repeat(indent.length + labelWidth + 2);
  return rows.flatMap(([label, text]) =>
    wrap(text, width - margin.length).map((line, index) =>
      index === 0 ? `${indent}${label}${' '.repeat(labelWidth - columns(label) + 2)}${line}` : `${margin}${line}`,
    ),
  );
}

/** A text wrapped within the width, its first line after one indent and the others after another. */
export function paragraph(text: string, width: number, first = '  ', rest = first): string[] {
  return wrap(text, width - rest.length).map((line, index) => `${index === 0 ? first : rest}${line}`);
}
