import type { MakeJudge } from '../judges/judge.ts';
import { asAsked } from './judges/as-asked.ts';
import { asItWas } from './judges/as-it-was.ts';
import { noSleepOverDeployment } from './judges/no-sleep-over-deployment.ts';
import { savedOnce } from './judges/saved-once.ts';
import { scaledUpHolds } from './judges/scaled-up-holds.ts';
import { scalingInTurn } from './judges/scaling-in-turn.ts';
import { sleepStops } from './judges/sleep-stops.ts';

/** The rules of off-peak, each in its own file; in a world without nights they have nothing to decide. */
export const nightJudges: readonly MakeJudge[] = [
  savedOnce,
  asItWas,
  scalingInTurn,
  noSleepOverDeployment,
  sleepStops,
  scaledUpHolds,
  asAsked,
];
