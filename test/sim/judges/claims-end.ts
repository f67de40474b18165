import { holdsUnless, type MakeJudge } from './judge.ts';
import { skewMs } from './running.ts';

const claimMs = 70_000;

/** Rule 3: a claim names its actor and ends by itself, ten seconds after the actor's time-out, and by then the tick looks. */
export const claimsEnd: MakeJudge = () => ({
  rule: 'a claim ends by itself',
  watch: (seen) => {
    if (seen.kind !== 'head' || seen.after.acting === undefined || seen.after.acting === seen.before?.acting) return undefined;
    const { acting, dueAt, service } = seen.after;
    const untilMs = Date.parse(acting.until);
    return holdsUnless([
      acting.by !== seen.by.id && `${service}: ${seen.by.id} took the service for ${acting.by}`,
      Math.abs(untilMs - seen.by.startedMs - claimMs) > skewMs && `${service}: ${seen.by.id} took the service until ${acting.until}`,
      !(dueAt !== undefined && Date.parse(dueAt) <= untilMs) && `${service}: taken until ${acting.until}, it is looked at ${dueAt}`,
    ]);
  },
});
