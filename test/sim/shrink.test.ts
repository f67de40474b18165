import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

describe('a shrunk history', () => {
  it('breaks no more without any single one of its actions and faults', async () => {
    const script = join(import.meta.dirname, 'mutants/run-shrunk.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, 'failures counted by event', '60']);
    const told = JSON.parse(stdout) as { actions: number; faults: number };
    expect(told).toMatchObject({ rule: 'each failed task counts once', minimal: true, needless: [] });
    expect([told.actions > 0, told.faults > 0]).toEqual([true, true]); // Of an empty history nothing could be left out.
  });
});
