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
    const column = ['deploy-image', 'apply-scan', 'follow-rollout', 'judge-stopped-task', 'tick'].indexOf(name) + 3;
    const rows = permissions.split('\n').filter((line) => /^\| `(dynamodb|sns|ecr|ecs|iam):/.test(line) && line.split('|').length === 9);
    const told = rows
      .filter((row) => row.split('|')[column]?.trim() === 'yes')
      .flatMap((row) => row.split('|')[1]?.match(/[a-z]+:\w+/g) ?? []);
    expect(told.toSorted()).toEqual([...functions[name].calls].toSorted());
  });
});
