import type { Failing } from '../../../../lib/domain/failing.ts';
import type { Head } from '../../../../lib/domain/head.ts';
import type { VerifyPolicy } from '../../../../lib/domain/policy.ts';
import type { Observation } from '../../observation.ts';
import { holds, type MakeJudge, type Ruling } from '../../judges/judge.ts';

type Written = Extract<Observation, { kind: 'head' }>;

const servicesLeast = 3;

/** Design, section 4: what fails with the revision before it, or with services on other images, is an incident, and condemns nobody. */
export const incidents: MakeJudge = (truth) => {
  const guilty = new Map<string, Failing & { knownMs: number }>();
  const countedMs = new Map<string, number>();
  return {
    rule: 'an incident condemns nobody',
    watch: (seen) => {
      if (seen.kind === 'found-guilty') guilty.set(seen.failing.service, { ...seen.failing, knownMs: truth.now() });
      if (seen.kind !== 'head') return undefined;
      for (const entry of seen.after.failures) if (!countedMs.has(entry)) countedMs.set(entry, truth.now());
      const verify = seen.by.configuration.services[seen.after.service]?.verify;
      const { current, service } = seen.after;
      const condemned = current?.state === 'rolling-back' && current.reason.code === 'task-failures' && current.rollback?.native !== true;
      if (!condemned || verify === undefined || seen.before?.current?.state === 'rolling-back') return undefined;
      if (seen.before?.current?.state !== 'live') return ofFlight(seen, verify, countedMs);
      const own = guilty.get(service);
      const known = [...guilty.values()].filter(
        ({ at, knownMs }) => knownMs <= (own?.knownMs ?? 0) && seen.by.startedMs - Date.parse(at) <= verify.guard.withinMs - 60_000,
      );
      const among = own === undefined ? 0 : mostDifferent([own], known);
      return holds(among < servicesLeast, () => `${service} is condemned alone, and ${among} services on different images fail`);
    },
  };
};

/** The most services on pairwise different images, among them those chosen. */
function mostDifferent(chosen: Failing[], others: Failing[]): number {
  const [next, ...rest] = others;
  if (next === undefined) return chosen.length;
  const without = mostDifferent(chosen, rest);
  const shares = chosen.some((one) => one.service === next.service || one.digests.some((digest) => next.digests.includes(digest)));
  return shares ? without : Math.max(without, mostDifferent([...chosen, next], rest));
}

/** By what was on record when the function began: of one kind of cause the first does not count, and stops that speak against nobody never do. */
function ofFlight({ by, before, after }: Written, { failures, withinMs }: VerifyPolicy, countedMs: Map<string, number>): Ruling {
  const { current, service } = after;
  const own = [current?.taskDefinition, current?.pinnedTaskDefinition].map((arn = '') => arn.slice(arn.lastIndexOf('/') + 1));
  const others = othersOf(before, own).filter(
    ({ entry, atMs }) => (countedMs.get(entry) ?? Infinity) < by.startedMs && by.startedMs - atMs <= withinMs - 60_000,
  );
  const tasks = new Set(others.map(({ task }) => task)).size;
  return holds(tasks - 1 < failures, () => `${service} condemns ${current?.id}, and ${tasks} tasks of the revisions before it failed too`);
}

function othersOf(before: Head | undefined, own: string[]): { entry: string; atMs: number; task: string }[] {
  return (before?.failures ?? []).flatMap((entry) => {
    const [at = '', task = '', revision = '', row = ''] = entry.split('#');
    return own.includes(revision) || !/^\d+$/.test(row) ? [] : [{ entry, atMs: Date.parse(at), task }];
  });
}
