import { describe, expect, it } from '@jest/globals';
import { mutated, sourceOf } from './hunt.ts';
import { mutants } from './mutants.ts';

describe('the mutants of the seeded world', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s matches exactly once', async (_, mutant) => {
    const source = await sourceOf(mutant);
    expect(mutated(source, mutant)).not.toBe(source);
  });
});
