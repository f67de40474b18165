import { holds, type MakeJudge } from './judge.ts';

/** Design, section 4: a service that is only watched is never told to run anything. */
export const watchOnly: MakeJudge = ({ fleet }) => ({
  rule: 'watch changes nothing',
  watch: (seen) => {
    if (seen.kind !== 'ran') return undefined;
    const mode = fleet.configuration.services[seen.ran.service]?.mode;
    return holds(mode === 'deploy', () => `${seen.by.id} changed ${seen.ran.service}, which is only watched`);
  },
});
