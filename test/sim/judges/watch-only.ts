import { holds, type MakeJudge } from './judge.ts';

/** Design, section 4: a service that is only watched is never told to run anything; one that is let go of is put back first where that was begun. */
export const watchOnly: MakeJudge = () => ({
  rule: 'watch changes nothing',
  watch: (seen) => {
    if (seen.kind !== 'ran') return undefined;
    const policy = seen.by.configuration.services[seen.ran.service]; // As it was when the function was loaded.
    return holds(
      policy?.mode === 'deploy' && (policy.managed || seen.ran.head?.current?.state === 'rolling-back'),
      () => `${seen.by.id} changed ${seen.ran.service}, which is only watched, or let go of`,
    );
  },
});
