import { holds, type MakeJudge } from '../../judges/judge.ts';
import { capacityOf } from '../capacity.ts';
import { differs } from '../expected.ts';
import { Kept } from '../kept.ts';

/** Rule 8: whatever sleep is struck out, the service has what it had: count, bounds and switches, but for what others changed meanwhile. */
export const asItWas: MakeJudge = (truth) => {
  const kept = new Kept(truth);
  return {
    rule: 'it wakes as it was',
    watch: (seen) => {
      const slept = seen.kind === 'head' && seen.after.sleep === undefined ? kept.sleepOf(seen.after.service) : undefined;
      kept.watch(seen);
      if (seen.kind !== 'head' || slept === undefined) return undefined;
      const { service } = seen.after;
      const how = differs(slept, capacityOf(truth, service));
      return holds(how === undefined, () => `${service} slept since ${slept.first.since}: ${how}`);
    },
  };
};
