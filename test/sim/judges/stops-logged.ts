import { holds, type MakeJudge } from './judge.ts';

const answers = new Set(['counted', 'not counted', 'not enrolled yet: the next tick does']);

/** Rule 10: each stop that was told leaves on record whether it counted. */
export const stopsLogged: MakeJudge = () => {
  const answered = new Set<string>();
  return {
    rule: 'each stop has its reason',
    watch: (seen) => {
      if (seen.kind === 'logged' && answers.has(seen.message)) answered.add(seen.by.id);
      if (seen.kind !== 'ended' || seen.by.name !== 'judge-stopped-task' || seen.error !== undefined) return undefined;
      return holds(answered.has(seen.by.id), () => `${seen.by.id} ended without a word on whether the stop counts`);
    },
  };
};
