import { holds, type MakeJudge } from '../court.ts';

/** A flow ends with an error of the ports, never with one of its own. */
export const expectedErrors: MakeJudge = () => ({
  rule: 'no flow fails by itself',
  watch: (seen) => {
    if (seen.kind !== 'failed') return undefined;
    return holds(false, () => `${seen.by.id}: ${seen.error instanceof Error ? seen.error.stack : String(seen.error)}`);
  },
});
