import { characters, columns } from './columns.ts';

const unbreakable = /:\/\/|^arn:|sha256:/; // Broken, a link, an ARN or a digest is of no use.

const isLine = /^\S+(?: \S+)*$/;

/** The words of a text in lines of at most that many columns; what follows the first line is indented. Only links, ARNs and digests may overflow. */
export function wrap(text: string, width: number, indent = ''): string[] {
  if (isLine.test(text) && columns(text) <= width) return [text];
  const words = text.split(/\s+/).filter((word) => word !== '');
  return fill(
    words.flatMap((word) => pieces(word, width - columns(indent))),
    width,
    indent,
  );
}

/** A shell command in lines of at most that many columns, each but the last ending in a backslash. Only a single argument may overflow. */
export function wrapCommand(command: string, width: number, indent: string): string[] {
  const [first = '', ...rest] = options(command);
  const lines = fill([`${indent}${first}`, ...rest], width - 2, `${indent}  `);
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line} \\`));
}

function fill(words: string[], width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && columns(last) + 1 + columns(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `${indent}${word}`);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (columns(word) <= width || unbreakable.test(word)) return [word];
  const parts = [''];
  for (const character of characters(word)) {
    const part = parts.at(-1) ?? '';
    if (part !== '' && columns(part) + columns(character) > width) parts.push(character);
    else parts[parts.length - 1] = part + character;
  }
  return parts;
}

// An option stays with its value; what stands in quotes stays whole.
function options(command: string): string[] {
  const parts = command.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return parts.reduce<string[]>((joined, part) => {
    const last = joined.at(-1);
    if (last !== undefined && /^--\S+$/.test(last) && !part.startsWith('--')) return [...joined.slice(0, -1), `${last} ${part}`];
    return [...joined, part];
  }, []);
}
