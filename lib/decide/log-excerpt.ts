import { masked } from '../domain/mask.ts';

const linesMost = 20;
const unitsMost = 300;
/** What is looked at: more than is shown, so that a secret is known by what stands around it; an event may hold many lines, and long ones. */
const linesRead = 100;
const unitsRead = 2000;

/** The last lines of a log as people may see them: no control characters, no secrets, each cut where it is very long. */
export function excerptOf(lines: string[]): string[] {
  // Masked as one text, for a secret may begin on one line and end on another; colours would hide where one begins.
  const read = lines.flatMap((event) => event.split(/\r?\n/)).slice(-linesRead);
  const text = masked(read.map((line) => plain(line.slice(0, unitsRead))).join('\n'));
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-linesMost)
    .map(cut);
}

// oxlint-disable-next-line no-control-regex -- What terminals read as colours begins with a control character.
const colours = /\u001B\[[\d;?]*[ -/]*[@-~]/g;

function plain(line: string): string {
  return line.toWellFormed().replaceAll(colours, '').replaceAll('\t', '  ').replaceAll(/\p{C}/gu, '');
}

// Never through a character of two units.
function cut(line: string): string {
  return line.length <= unitsMost ? line : `${line.slice(0, unitsMost - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
