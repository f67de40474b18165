import type { Observation } from '../observation.ts';
import { holds, holdsUnless, type MakeJudge, type Ruling } from './judge.ts';
import { skewMs } from './running.ts';

type Written = Extract<Observation, { kind: 'head' }>;

const claimMs = 70_000;

/** Rule 3: a claim names its actor and ends by itself, ten seconds after the actor's time-out, and by then the tick looks. Nobody else ends it before. */
export const claimsEnd: MakeJudge = (truth) => ({
  rule: 'a claim ends by itself',
  watch: (seen) => {
    if (seen.kind !== 'head' || seen.after.acting === seen.before?.acting) return undefined;
    return seen.after.acting === undefined ? ofEnd(seen, truth.now()) : ofClaim(seen, truth.now());
  },
});

function ofClaim({ by, before, after: { acting, dueAt, service } }: Written, nowMs: number): Ruling {
  const untilMs = Date.parse(acting?.until ?? '');
  return holdsUnless([
    acting?.by !== by.id && `${service}: ${by.id} took the service for ${acting?.by}`,
    Math.abs(untilMs - by.startedMs - claimMs) > skewMs && `${service}: ${by.id} took the service until ${acting?.until}`,
    !(dueAt !== undefined && Date.parse(dueAt) <= untilMs) && `${service}: taken until ${acting?.until}, it is looked at ${dueAt}`,
    isHeldByOther(before, by.id, nowMs) && `${service}: ${by.id} took the service from ${before?.acting?.by}`,
  ]);
}

function ofEnd({ by, before, after: { service } }: Written, nowMs: number): Ruling {
  return holds(!isHeldByOther(before, by.id, nowMs), () => `${service}: ${by.id} ended the claim of ${before?.acting?.by}`);
}

function isHeldByOther(before: Written['before'], id: string, nowMs: number): boolean {
  return before?.acting !== undefined && before.acting.by !== id && Date.parse(before.acting.until) - skewMs > nowMs;
}
