import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { builtIn, builtInHistory, builtInPerMinute } from '../../lib/config/defaults.ts';
import { functionNames, functions } from '../../plugin/functions.ts';

const configuration = readFileSync('docs/configuration.md', 'utf8').replaceAll(/ +/g, ' '); // Columns are aligned.
const permissions = readFileSync('docs/permissions.md', 'utf8');

/** Key and default of each built-in default, as `verify.bake` and `10m`. */
function flat(value: unknown, path: string[] = []): [key: string, value: string][] {
  if (typeof value !== 'object' || value === null) return [[path.join('.'), String(value)]];
  return Object.entries(value).flatMap(([key, part]) => flat(part, [...path, key]));
}

const defaults = [...flat(builtIn), ['reconcile.perMinute', String(builtInPerMinute)], ['history', builtInHistory]] as const;

describe('the documentation', () => {
  it.each(defaults)('names the default of %s: %s', (key, value) => {
    expect(configuration).toContain(`| \`${key}\` | \`${value}\` |`);
  });

  it.each(functionNames)('says what %s may call', (name) => {
    const [header = [], ...rows] = permissions
      .split('\n')
      .map((line) => line.split('|'))
      .filter((cells) => cells.length === functionNames.length + 4);
    const column = header.findIndex((cell) => cell.trim() === name);
    const told = rows
      .filter((cells) => cells[column]?.trim() === 'yes' && !/every function|own log group|dead-letter queue/.test(cells[2] ?? ''))
      .flatMap((cells) => cells[1]?.match(/[a-z-]+:\w+/g) ?? []);
    expect(told.toSorted()).toEqual([...functions[name].calls].toSorted());
  });
});
