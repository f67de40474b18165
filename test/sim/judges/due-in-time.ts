import type { Head } from '../../../lib/domain/head.ts';
import type { ServicePolicy } from '../../../lib/domain/policy.ts';
import { holds, type MakeJudge } from './judge.ts';
import { skewMs } from './running.ts';

/** Design, section 7: dueAt is the least of all that the head waits for, after each write. */
export const dueInTime: MakeJudge = (truth) => ({
  rule: 'dueAt is the least',
  watch: (seen) => {
    if (seen.kind !== 'head' || seen.before?.version === seen.after.version) return undefined; // A failure that was added moves nothing.
    if (seen.before !== undefined && isUntouched(seen.before, seen.after)) return undefined; // A rival's write, by whatever configuration.
    const { service, dueAt, acting, trouble } = seen.after;
    const policy = seen.by.configuration.services[service];
    if (policy?.managed !== true || acting !== undefined || trouble !== undefined) return undefined;
    const waits = waitsOf(seen.after, policy);
    const [least] = waits.toSorted((a, b) => a.untilMs - b.untilMs);
    if (least === undefined) return undefined;
    const dueMs = dueAt === undefined ? Infinity : Date.parse(dueAt);
    return holds(
      dueMs <= Math.max(least.untilMs, truth.now()) + skewMs,
      () => `${service} waits for ${least.what} until ${new Date(least.untilMs).toISOString()}, and is looked at ${dueAt}`,
    );
  },
});

function isUntouched(before: Head, after: Head): boolean {
  return Object.entries(after).every(([name, value]) => name === 'version' || value === before[name as keyof Head]);
}

function waitsOf({ owed, waiting, current, obstacle }: Head, { verify }: ServicePolicy): { what: string; untilMs: number }[] {
  const places = Object.values(waiting).flat();
  const followed = obstacle === undefined ? current : undefined;
  const startedMs = Date.parse((followed?.state === 'rolling-back' ? followed.rollback?.startedAt : followed?.startedAt) ?? '');
  const inFlight = followed?.state === 'deploying' || followed?.state === 'rolling-back';
  const bakeMs = Date.parse(followed?.bakeStartedAt ?? '');
  return [
    ...(owed.length > 0 ? [{ what: 'what is owed', untilMs: 0 }] : []),
    ...places.map(({ candidate, until }) => ({ what: candidate.tag, untilMs: Date.parse(until) })),
    ...(inFlight && startedMs > 0 ? [{ what: 'the time-out', untilMs: startedMs + verify.timeoutMs }] : []),
    ...(followed?.state === 'baking' && bakeMs > 0 ? [{ what: 'the bake', untilMs: bakeMs + verify.bakeMs }] : []),
  ];
}
