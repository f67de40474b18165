import type { Verb } from './verb.ts';
import { plan } from './verbs/plan.ts';

/** Every verb, in the order in which the help shows them. */
export const verbs: readonly Verb[] = [plan];
