import { expectedErrors } from './expected-errors.ts';
import { desiredCount } from './desired-count.ts';
import { oneHand } from './one-hand.ts';
import { pace } from './pace.ts';
import { settled } from './settled.ts';
import type { MakeJudge } from '../court.ts';

/** All rules, each in its own file. */
export const judges: readonly MakeJudge[] = [expectedErrors, desiredCount, oneHand, pace, settled];
