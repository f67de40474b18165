import { newDeployment, supersede } from './candidate-record.ts';
import { decided } from './seen.ts';
import { enter, type Transition } from './transition.ts';
import { withPassed } from '../passed-stops.ts';
import { isNewer } from '../tags/compare.ts';
import { tagKey } from '../tags/tag-key.ts';
import type { Head, HeadChange, Seen, Waiting } from '../../domain/head.ts';
import type { Candidate } from '../../domain/image.ts';
import type { Instant } from '../../domain/instant.ts';
import { tagsOf, type ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';

/** Keeps a candidate until it may come through: the first place for the one that came first, the second for the newest. */
export function waitCandidate(
  head: Head,
  candidate: Candidate,
  reason: Reason,
  until: Instant,
  policy: ServicePolicy,
  now: Date,
): Transition {
  const places = head.waiting[candidate.repository] ?? [];
  const known = places.find((one) => one.candidate.digest === candidate.digest);
  if (known) {
    const same = known.deployment.reason.code === reason.code;
    const kept: Waiting = { ...known, until, deployment: same ? known.deployment : enter(known.deployment, 'waiting', reason, now) };
    const change = { waiting: { ...head.waiting, [candidate.repository]: places.map((one) => (one === known ? kept : one)) } };
    return { change, told: [], quiet: same ? [] : [kept.deployment] };
  }
  const added: Waiting = {
    candidate,
    until,
    deployment: enter({ ...newDeployment(head, candidate, now), reason }, 'waiting', reason, now),
  };
  const [first, newest] = places;
  const outdone = newest === undefined ? [] : [supersede(newest.deployment, candidate, now)];
  const before = first === undefined ? [] : [first];
  const kept = before.some((one) => waitsOn(one.candidate, candidate, policy)) ? [added, ...before] : [...before, added];
  return {
    change: { waiting: { ...head.waiting, [candidate.repository]: kept }, ...decided(head, candidate, 'waiting', reason, policy) },
    told: [...outdone, added.deployment],
  };
}

/** Whether one that waits goes on waiting when another comes through: it is the newer one. Of one tag, only what it names now is a candidate. */
export function waitsOn(waiting: Candidate, other: Candidate, policy: ServicePolicy): boolean {
  const tags = tagsOf(policy, other.repository);
  if (tags === undefined || tags.kind === 'tag' || tagKey(tags, waiting.tag) === undefined) return false;
  return !isNewer(tags, other, waiting);
}

/** Ends the waiting of a candidate whose tag names another image by now: only what the tag names is a candidate. */
export function supersedeWaiting(head: Head, candidate: Candidate, by: Candidate, now: Date): Transition {
  const waited = head.waiting[candidate.repository]?.filter((one) => one.candidate.digest === candidate.digest) ?? [];
  return { change: settleWaiting(head, candidate), told: waited.map(({ deployment }) => supersede(deployment, by, now)) };
}

/** Lets go of everything that waits for these repositories; without them, of everything. */
export function cancelWaiting(head: Head, reason: Reason, now: Date, repositories = Object.keys(head.waiting)): Transition {
  const told = repositories.flatMap((repository) => head.waiting[repository] ?? []);
  const waiting = Object.fromEntries(Object.entries(head.waiting).filter(([repository]) => !repositories.includes(repository)));
  const seen = Object.fromEntries(
    Object.entries(head.seen).map(([name, one]) => [name, repositories.includes(name) ? reopened(one, reason) : one]),
  );
  return { change: { waiting, seen }, told: told.map(({ deployment }) => enter(deployment, 'cancelled', reason, now)) };
}

// What waited was never decided: without the policy that decided it, it is asked again as soon as the service takes such images again.
function reopened({ policy, ...seen }: Seen, reason: Reason): Seen {
  if (seen.outcome === 'waiting') return { ...seen, outcome: 'rejected', reason };
  return { ...seen, ...(policy === undefined ? {} : { policy }) };
}

/** Lets go of a service in good order: what waits and what is not yet verified is cancelled, and what runs is no longer watched. */
export function letGoOf(head: Head, reason: Reason, now: Date): Transition {
  const { change, told } = cancelWaiting(head, reason, now);
  const { current } = head;
  const unproven = current?.state === 'deploying' || current?.state === 'baking';
  const ended = unproven ? [enter(withPassed(head, current), 'cancelled', reason, now)] : [];
  return {
    change: {
      ...change,
      obstacle: reason,
      trouble: null,
      ...(head.offPeakAt === undefined ? {} : { offPeakAt: null }),
      ...(head.sleep === undefined ? {} : { sleep: null }),
      ...(head.wouldSleep === undefined ? {} : { wouldSleep: null }),
      ...(unproven ? { current: null } : {}),
    },
    told: [...told, ...ended],
  };
}

/** Takes a candidate off the waiting ones, if it is one of them. */
export function settleWaiting(head: Head, candidate: Candidate): HeadChange {
  const places = head.waiting[candidate.repository];
  if (!places?.some((one) => one.candidate.digest === candidate.digest)) return {};
  const rest = places.filter((one) => one.candidate.digest !== candidate.digest);
  return { waiting: rest.length === 0 ? withoutRepository(head, candidate.repository) : { ...head.waiting, [candidate.repository]: rest } };
}

/** The waiting candidates of all other repositories. */
export function withoutRepository(head: Head, repository: string): Head['waiting'] {
  return Object.fromEntries(Object.entries(head.waiting).filter(([name]) => name !== repository));
}
