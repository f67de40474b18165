import type { Deployment } from '../../../../lib/domain/deployment.ts';
import { holds, type MakeJudge } from '../../judges/judge.ts';
import { capacityOf } from '../capacity.ts';

/** Off-peak: no service is put to sleep over a deployment that is deploying, baking (but for untested ones) or rolling back. */
export const noSleepOverDeployment: MakeJudge = (truth) => ({
  rule: 'no sleep over a deployment',
  watch: (seen) => {
    if (seen.kind !== 'head' || seen.after.sleep?.state !== 'falling-asleep') return undefined;
    const { before, after } = seen;
    const { left } = seen.after.sleep;
    const state = before?.sleep?.state;
    if (state === 'falling-asleep' || state === 'asleep') return undefined; // It goes on, or sleeps already: what is deployed meanwhile is untested.
    const { current } = after;
    if (state === 'waking' && capacityOf(truth, after.service).desired <= left.desired) return undefined; // Nothing runs yet.
    return holds(
      current !== undefined && !isUndecided(current),
      () => `${seen.by.id} lets ${after.service} sleep while ${current?.id} is ${current?.state}`,
    );
  },
});

function isUndecided({ state, untested }: Deployment): boolean {
  return state === 'deploying' || state === 'rolling-back' || (state === 'baking' && untested !== true);
}
