import type { Deployment } from '../../../../lib/domain/deployment.ts';
import { holds, type MakeJudge } from '../../judges/judge.ts';
import { blindMs } from '../../judges/running.ts';
import type { Process } from '../../process.ts';
import { capacityOf } from '../capacity.ts';

/** Off-peak: no service is put to sleep over a deployment that is deploying, baking (but for untested ones) or rolling back. */
export const noSleepOverDeployment: MakeJudge = (truth) => {
  const changed = new Map<string, Changed>();
  return {
    rule: 'no sleep over a deployment',
    watch: (seen) => {
      if (seen.kind === 'capacity') changed.set(seen.service, { from: seen.before.desired, atMs: truth.now() });
      if (seen.kind !== 'head' || seen.after.sleep?.state !== 'falling-asleep') return undefined;
      const { before, after, by } = seen;
      const { left } = seen.after.sleep;
      const state = before?.sleep?.state;
      if (state === 'falling-asleep' || state === 'asleep') return undefined; // It goes on, or sleeps already: what is deployed meanwhile is untested.
      const { current } = after;
      const desired = leastRead(capacityOf(truth, after.service).desired, changed.get(after.service), by);
      if (state === 'waking' && desired <= left.desired) return undefined; // Nothing runs yet.
      return holds(
        current !== undefined && !isUndecided(current),
        () => `${by.id} lets ${after.service} sleep while ${current?.id} is ${current?.state}`,
      );
    },
  };
};

interface Changed {
  from: number;
  atMs: number;
}

// Whoever read the service cannot know how many tasks somebody gave it a moment later.
function leastRead(now: number, changed: Changed | undefined, { startedMs }: Process): number {
  return changed !== undefined && changed.atMs >= startedMs - blindMs ? Math.min(now, changed.from) : now;
}

function isUndecided({ state, untested }: Deployment): boolean {
  return state === 'deploying' || state === 'rolling-back' || (state === 'baking' && untested !== true);
}
