import { describe, expect, it } from '@jest/globals';
import { runUnder } from './mutants/hunt.ts';
import { mutants } from './mutants/mutants.ts';

describe('a shrunk history', () => {
  it('breaks no more without any single one of its actions and faults', async () => {
    const mutant = mutants.find(({ name }) => name === 'failures counted by event');
    const { said } = await runUnder(mutant, ['run-shrunk.ts', '60']);
    const told = JSON.parse(said) as { actions: number; faults: number };
    expect(told).toMatchObject({ rule: 'each failed task counts once', minimal: true, needless: [] });
    expect([told.actions > 0, told.faults > 0]).toEqual([true, true]); // Of an empty history nothing could be left out.
  });
});
