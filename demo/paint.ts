import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Styles text where people look at a terminal that shows styles; NO_COLOR and pipes get plain text. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** The colour of a level. */
export function ofLevel(level: string): Style {
  if (level === 'critical') return 'red';
  return level === 'warning' ? 'yellow' : 'green';
}

/** A heading of the story. */
export function heading(text: string): string {
  return `\n${paint('bold', text)}\n`;
}
