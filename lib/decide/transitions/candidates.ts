import { enter, type Transition } from './transition.ts';
import { deploymentId } from '../deployment-id.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Head, HeadChange, Seen, Waiting } from '../../domain/head.ts';
import type { Candidate } from '../../domain/image.ts';
import { toInstant, type Instant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';

/** Which claim a deployment begins with: who acts until when, and what the service ran before. */
export interface DeployClaim {
  candidate: Candidate;
  reason: Reason;
  acting: { by: string; until: Instant };
  previousTaskDefinition: string;
}

/** Claims the service for a new deployment: what was in flight is superseded, what waited for the repository is settled, failures are forgotten. */
export function beginDeployment(head: Head, claim: DeployClaim, policy: ServicePolicy, now: Date): Transition {
  const { candidate, reason } = claim;
  const waiting = head.waiting[candidate.repository] ?? [];
  const waited = waiting.find((one) => one.candidate.digest === candidate.digest);
  const draft = { ...(waited?.deployment ?? newDeployment(head, candidate, now)), reason };
  const begun = enter(
    { ...draft, images: { ...imagesInFlight(head), ...draft.images }, previousTaskDefinition: claim.previousTaskDefinition },
    'deploying',
    reason,
    now,
  );
  const outdone = waiting.filter((one) => one !== waited).map((one) => supersede(one.deployment, candidate, now));
  return {
    change: {
      acting: claim.acting,
      current: begun,
      waiting: withoutRepository(head, candidate.repository),
      seen: see(head, candidate, 'deployed', reason, policy),
      failures: null,
      obstacle: null,
    },
    told: [...outdone, ...endOfCurrent(head, candidate, now), begun],
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
  const again = known?.state === 'rejected' && known.reason.code === reason.code;
  return {
    change: { ...settleWaiting(head, candidate), ...decided(head, candidate, 'rejected', reason, policy) },
    ...(again ? { told: [], quiet: [rejected] } : { told: [rejected] }),
  };
}

/** Id of the one record that a rejected candidate has on a service. */
export function rejectedId(head: Head, candidate: Candidate): string {
  return deploymentId(new Date(candidate.pushedAt), head.service, candidate.repository, candidate.digest);
}

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
  const kept = first === undefined ? [added] : [first, added];
  return {
    change: { waiting: { ...head.waiting, [candidate.repository]: kept }, ...decided(head, candidate, 'waiting', reason, policy) },
    told: [...outdone, added.deployment],
  };
}

/** Notes a candidate as decided without a record of its own: what ran at enrolment, or what runs already. */
export function noteCandidate(
  head: Head,
  candidate: Candidate,
  outcome: Seen['outcome'],
  reason: Reason,
  policy: ServicePolicy,
): Transition {
  return { change: { ...settleWaiting(head, candidate), seen: see(head, candidate, outcome, reason, policy) }, told: [] };
}

/** Lets go of everything that waits, for a service that leaves in good order. */
export function cancelWaiting(head: Head, reason: Reason, now: Date): Transition {
  const told = Object.values(head.waiting)
    .flat()
    .map(({ deployment }) => enter(deployment, 'cancelled', reason, now));
  return { change: { waiting: {} }, told };
}

function newDeployment(head: Head, candidate: Candidate, now: Date): Deployment {
  return record(head, candidate, deploymentId(now, head.service, candidate.repository, candidate.digest, head.version), toInstant(now));
}

function rejectedRecord(head: Head, candidate: Candidate): Deployment {
  return record(head, candidate, rejectedId(head, candidate), candidate.pushedAt);
}

function record(head: Head, { repository, digest, tag, pushedAt, origin }: Candidate, id: string, createdAt: Instant): Deployment {
  const reason: Reason = { code: 'new-image', text: `${repository}:${tag} is new for the service` };
  return {
    id,
    service: head.service,
    origin,
    images: { [repository]: { digest, tag, pushedAt } },
    state: 'waiting',
    reason,
    createdAt,
    pushedAt,
    timeline: [],
  };
}

// The images of the other repositories stay what they are: the new revision is cloned from the one in flight.
function imagesInFlight(head: Head): Deployment['images'] {
  const { current } = head;
  if (current?.state !== 'rolling-back') return current?.images ?? {};
  return head.verified.find(({ id }) => id === current.rollback?.to)?.images ?? {};
}

function endOfCurrent(head: Head, candidate: Candidate, now: Date): Deployment[] {
  const { current } = head;
  if (current?.state === 'deploying' || current?.state === 'baking') return [supersede(current, candidate, now)];
  if (current?.state !== 'rolling-back') return []; // A live one is replaced when the newer is live; a failed one is closed.
  const text = `${candidate.repository}:${candidate.tag} took over while the service was on its way back`;
  return [enter(current, 'rolled-back', { code: 'newer-candidate', text }, now)];
}

function supersede(deployment: Deployment, by: Candidate, now: Date): Deployment {
  return enter(
    deployment,
    'superseded',
    { code: 'newer-candidate', text: `${by.repository}:${by.tag} took its place before it was verified` },
    now,
  );
}

function settleWaiting(head: Head, candidate: Candidate): HeadChange {
  const places = head.waiting[candidate.repository];
  if (!places?.some((one) => one.candidate.digest === candidate.digest)) return {};
  const rest = places.filter((one) => one.candidate.digest !== candidate.digest);
  return { waiting: rest.length === 0 ? withoutRepository(head, candidate.repository) : { ...head.waiting, [candidate.repository]: rest } };
}

function withoutRepository(head: Head, repository: string): Head['waiting'] {
  return Object.fromEntries(Object.entries(head.waiting).filter(([name]) => name !== repository));
}

// `seen` holds the newest candidate decided: an older one that is rejected or waits late leaves it alone.
function decided(head: Head, candidate: Candidate, outcome: Seen['outcome'], reason: Reason, policy: ServicePolicy): HeadChange {
  const tags = policy.images.find(({ repository }) => repository === candidate.repository)?.tags;
  const seen = head.seen[candidate.repository];
  if (tags?.kind !== 'tag' && seen !== undefined && seen.digest !== candidate.digest && seen.pushedAt > candidate.pushedAt) return {};
  return { seen: see(head, candidate, outcome, reason, policy) };
}

function see(
  head: Head,
  { repository, digest, tag, pushedAt }: Candidate,
  outcome: Seen['outcome'],
  reason: Reason,
  policy: ServicePolicy,
): Head['seen'] {
  return { ...head.seen, [repository]: { digest, tag, pushedAt, outcome, reason, policy: policy.hash } };
}
