import { holds, type MakeJudge } from './judge.ts';

/** A flow ends with an error of the ports, never with one of its own. */
export const expectedErrors: MakeJudge = () => ({
  rule: 'no flow fails by itself',
  watch: (seen) => {
    if (seen.kind !== 'ended') return undefined;
    return holds(seen.expected, () => `${seen.by.id}: ${seen.error instanceof Error ? (seen.error.stack ?? '') : 'no error'}`);
  },
});
