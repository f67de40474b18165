import { newDeployment, rejectedRecord, supersede } from './candidate-record.ts';
import { ranBefore } from './ran-before.ts';
import { withPassed } from '../passed-stops.ts';
import { runningOf } from '../running.ts';
import { takenOver } from '../one-way.ts';
import { decided } from './seen.ts';
import { enter, type Transition } from './transition.ts';
import { settleWaiting, waitsOn, withoutRepository } from './waiting.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Acting, Head, Seen } from '../../domain/head.ts';
import { candidateName, type Candidate } from '../../domain/image.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';

/** Which claim a deployment begins with: who acts until when, and what the service ran before. */
export interface DeployClaim {
  candidate: Candidate;
  reason: Reason;
  acting: Acting;
  /** When that is: an answer of ECS may be from before the act. */
  startedAt?: Instant;
  previousTaskDefinition: string;
  /** Where a person ordered it: what its record says of that. */
  order?: Pick<Deployment, 'actor' | 'notes'>;
}

/** Claims the service for a new deployment: what was in flight is superseded, what waited for the repository and is no newer is settled, failures are forgotten. */
export function beginDeployment(head: Head, claim: DeployClaim, policy: ServicePolicy, now: Date): Transition {
  const { candidate, reason } = claim;
  const left = head.current && withPassed(head, head.current);
  const known = left?.state === 'live' && left !== head.current ? left : undefined; // With its failures goes what is known of its stops.
  const waiting = head.waiting[candidate.repository] ?? [];
  const waited = waiting.find((one) => one.candidate.digest === candidate.digest);
  const draft = { ...(waited?.deployment ?? newDeployment(head, candidate, now)), ...claim.order, reason };
  const begun = enter(
    {
      ...draft,
      // Under the tag by which it comes through: the one under which it waited may be none that the policy still takes.
      images: { ...imagesInFlight(head, policy, claim.previousTaskDefinition), ...draft.images, ...imageOf(candidate) },
      previousTaskDefinition: claim.previousTaskDefinition,
      ...(claim.startedAt === undefined ? {} : { startedAt: claim.startedAt }),
      ...ranBefore(head, candidate.repository, claim.previousTaskDefinition),
      ...takenOver(head.current),
    },
    'deploying',
    reason,
    now,
  );
  const newer = waiting.filter((one) => one !== waited && waitsOn(one.candidate, candidate, policy)); // It waits on, and has the first place now.
  const outdone = waiting.filter((one) => one !== waited && !newer.includes(one)).map((one) => supersede(one.deployment, candidate, now));
  return {
    change: {
      acting: claim.acting,
      current: begun,
      waiting: { ...withoutRepository(head, candidate.repository), ...(newer.length > 0 ? { [candidate.repository]: newer } : {}) },
      ...decided(head, candidate, 'deployed', reason, policy),
      ...(known === undefined ? {} : { verified: head.verified.map((one) => (one.id === known.id ? known : one)) }),
      failures: null,
      obstacle: null,
    },
    told: [...outdone, ...(left === undefined ? [] : endOfCurrent(left, candidate, now)), begun],
    ...(known === undefined ? {} : { quiet: [known] }),
  };
}

/** Closes a candidate as rejected: one record a service and digest, told again only when the reason's code changes. */
export function rejectCandidate(
  head: Head,
  candidate: Candidate,
  reason: Reason,
  known: Deployment | undefined,
  policy: ServicePolicy,
  now: Date,
): Transition {
  const waiting = head.waiting[candidate.repository] ?? [];
  const waited = waiting.find((one) => one.candidate.digest === candidate.digest);
  const record = waited?.deployment ?? known ?? rejectedRecord(head, candidate);
  const rejected = enter(record, 'rejected', reason, now);
  // Of one that was told as waiting the end is told as well, whatever was on record of its digest before.
  const again = waited === undefined && known?.state === 'rejected' && known.reason.code === reason.code;
  return {
    change: { ...settleWaiting(head, candidate), ...decided(head, candidate, 'rejected', reason, policy) },
    ...(again ? { told: [], quiet: [rejected] } : { told: [rejected] }),
  };
}

/** Whether a rejection would write what is on record already: the same candidate for the same cause, under the same policy. */
export function isRejectedAlready(
  head: Head,
  candidate: Candidate,
  { code }: Reason,
  known: Deployment | undefined,
  policy: ServicePolicy,
): boolean {
  const { repository, digest, tag } = candidate;
  if (head.waiting[repository]?.some((one) => one.candidate.digest === digest) === true) return false;
  const seen = head.seen[repository];
  if (seen?.digest === digest)
    return seen.tag === tag && seen.outcome === 'rejected' && seen.reason.code === code && seen.policy === policy.hash;
  const leavesSeen = decided(head, candidate, 'rejected', { code, text: '' }, policy).seen === undefined;
  return leavesSeen && known?.state === 'rejected' && known.reason.code === code;
}

/** Notes a candidate as decided without a record of its own: what ran at enrolment, or what runs already. If it waited, that ends. */
export function noteCandidate(
  head: Head,
  candidate: Candidate,
  outcome: Seen['outcome'],
  reason: Reason,
  policy: ServicePolicy,
  now: Date,
): Transition {
  const waited = head.waiting[candidate.repository]?.filter((one) => one.candidate.digest === candidate.digest) ?? [];
  return {
    change: { ...settleWaiting(head, candidate), ...decided(head, candidate, outcome, reason, policy) },
    told: waited.map(({ deployment }) => enter(deployment, 'cancelled', reason, now)),
  };
}

function imageOf({ repository, digest, tag, pushedAt }: Candidate): Deployment['images'] {
  return { [repository]: { digest, ...(tag === '' ? {} : { tag }), pushedAt } };
}

/** The images of the other configured repositories stay what they are: the new revision is cloned from the one in flight. */
export function imagesInFlight(head: Head, policy: ServicePolicy, taskDefinition?: string): Deployment['images'] {
  const from = runningOf(head, taskDefinition);
  const configured = new Set(policy.images.map(({ repository }) => repository));
  return Object.fromEntries(Object.entries(from?.images ?? {}).filter(([repository]) => configured.has(repository)));
}

function endOfCurrent(current: Deployment, candidate: Candidate, now: Date): Deployment[] {
  if (current.state === 'deploying' || current.state === 'baking') return [supersede(current, candidate, now)];
  if (current.state !== 'rolling-back') return []; // A live one is replaced when the newer is live; a failed one is closed.
  const text = `${candidateName(candidate)} took over while the service was on its way back`;
  return [enter(current, 'rolled-back', { code: 'newer-candidate', text }, now)];
}
