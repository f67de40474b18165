import { describe, expect, it } from '@jest/globals';
import { runUnder } from './mutants/hunt.ts';
import { mutants } from './mutants/mutants.ts';

describe('a shrunk history', () => {
  it('breaks no more without any single one of its actions and faults', async () => {
    const mutant = mutants.find(({ name }) => name === 'failures counted by event');
    const { said } = await runUnder(mutant, ['run-shrunk.ts', '9']);
    expect(JSON.parse(said)).toMatchObject({ rule: 'each failed task counts once', minimal: true, needless: [], actions: 1, faults: 1 });
  });
});
