import { nightMutants } from '../nights/mutants.ts';
import { mutants, type Mutant } from './mutants.ts';

/** Every mutant: those that worlds by day must catch, and those of off-peak. */
export const allMutants: readonly Mutant[] = [...mutants, ...nightMutants];
