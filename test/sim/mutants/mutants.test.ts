import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { allMutants } from './all.ts';
import { lib, mutated } from './mutated.ts';

const mostMs = 240_000;

describe('the mutants of the seeded world', () => {
  it.each(allMutants.map((mutant) => [mutant.name, mutant] as const))('%s matches exactly once', async (_, mutant) => {
    const source = await readFile(join(lib, mutant.file), 'utf8');
    expect(mutated(source, mutant)).not.toBe(source);
  });

  it(
    'are caught by the fixed worlds, each of them',
    async () => {
      const command = [join(lib, '../test/sim/main.ts'), '--mutants'];
      const { stdout } = await promisify(execFile)(process.execPath, command).catch((failed: { stdout: string }) => failed);
      const lines = stdout.trim().split('\n');
      expect(lines.filter((line) => line.startsWith('SURVIVED'))).toEqual([]);
      expect(lines.filter((line) => line.startsWith('caught '))).toHaveLength(allMutants.length);
      expect(lines.at(-1)).toBe('Every mutant was caught.');
    },
    mostMs,
  );
});
