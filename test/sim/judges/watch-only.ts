import { holds, type MakeJudge } from './judge.ts';

/** Design, section 4: a service that is only watched is never told to run anything. */
export const watchOnly: MakeJudge = () => ({
  rule: 'watch changes nothing',
  watch: (seen) => {
    if (seen.kind !== 'ran') return undefined;
    const policy = seen.by.configuration.services[seen.ran.service]; // As it was when the function was loaded.
    return holds(
      policy?.mode === 'deploy' && policy.managed,
      () => `${seen.by.id} changed ${seen.ran.service}, which is only watched, or let go of`,
    );
  },
});
