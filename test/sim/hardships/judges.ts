import type { MakeJudge } from '../judges/judge.ts';
import { incidents } from './judges/incidents.ts';
import { oneWay } from './judges/one-way.ts';

/** The rules that hardships try most. */
export const hardshipJudges: readonly MakeJudge[] = [incidents, oneWay];
