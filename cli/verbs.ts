import type { Verb } from './verb.ts';

/** Every verb, in the order in which the help shows them. */
export const verbs: readonly Verb[] = [];
