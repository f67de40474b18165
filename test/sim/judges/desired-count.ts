import { holds, type MakeJudge } from './judge.ts';

/** Rule 8: a deploy never sends a desired count. */
export const desiredCount: MakeJudge = () => ({
  rule: 'desired count untouched',
  watch: (seen) => {
    if (seen.kind !== 'ran') return undefined;
    const { service, desiredBefore, desiredAfter } = seen.ran;
    return holds(desiredBefore === desiredAfter, () => `${seen.by.id} changed ${service} from ${desiredBefore} to ${desiredAfter} tasks`);
  },
});
