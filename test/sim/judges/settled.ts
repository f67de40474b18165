import { holds, type MakeJudge } from '../court.ts';

const unsettled = new Set(['deploying', 'rolling-back', 'waiting']);

/** When faults end, nothing is left undone: nobody acts, nothing is owed, nothing waits or hangs. */
export const settled: MakeJudge = (truth) => ({
  rule: 'all settles',
  settle: (service) => {
    const head = truth.table.heads.get(service);
    if (head === undefined) return { broken: `${service} was never enrolled` };
    const left = [
      ...(head.acting === undefined ? [] : [`${head.acting.by} acts`]),
      ...(head.owed.length === 0 ? [] : [`${head.owed.length} owed`]),
      ...(Object.keys(head.waiting).length === 0 ? [] : ['a candidate waits']),
      ...(head.current === undefined ? ['nothing is known to run'] : []),
      ...(head.current !== undefined && unsettled.has(head.current.state) ? [`${head.current.id} is ${head.current.state}`] : []),
      ...(head.current?.state === 'baking' && head.current.untested !== true ? [`${head.current.id} still bakes`] : []),
    ];
    return holds(left.length === 0, () => `${service}: ${left.join(', ')}`);
  },
});
