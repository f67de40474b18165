import { describe, expect, it } from '@jest/globals';
import { mutated, sourceOf } from './hunt.ts';
import { allMutants } from './all.ts';

describe('the mutants of the seeded world', () => {
  it.each(allMutants.map((mutant) => [mutant.name, mutant] as const))('%s matches exactly once', async (_, mutant) => {
    const source = await sourceOf(mutant);
    expect(mutated(source, mutant)).not.toBe(source);
  });
});
