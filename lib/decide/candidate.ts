import { askGates } from './gates/gates.ts';
import type { GateFacts } from './gates/gate.ts';
import { quarantineGate } from './gates/quarantine.ts';
import type { Head, Seen } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';

export type CandidateDecision =
  | { action: 'skip'; reason: Reason } // Decided already: nothing to record.
  | { action: 'note'; outcome: Seen['outcome']; reason: Reason }
  | { action: 'reject'; reason: Reason }
  | { action: 'wait'; until: Instant; reason: Reason }
  | { action: 'deploy'; reason: Reason };

/** Whether a candidate deploys to a service: first whether it is new for it, then the gates. */
export function decideCandidate(facts: GateFacts, policy: ServicePolicy, now: Date): CandidateDecision {
  const known = knownAlready(facts, policy, now);
  if (known !== undefined) return known;
  const { candidate } = facts;
  const gate = askGates(facts, policy, now);
  switch (gate.answer) {
    case 'pass':
      return { action: 'deploy', reason: { code: 'new-image', text: `${candidate.repository}:${candidate.tag} is new for the service` } };
    case 'wait':
      return { action: 'wait', until: gate.until, reason: gate.reason };
    case 'reject':
      return { action: 'reject', reason: gate.reason };
    default:
      return gate satisfies never;
  }
}

function knownAlready(facts: GateFacts, policy: ServicePolicy, now: Date): CandidateDecision | undefined {
  const { head, candidate } = facts;
  const seen = head.seen[candidate.repository];
  const waits = head.waiting[candidate.repository]?.some((one) => one.candidate.digest === candidate.digest) === true;
  if (seen === undefined && candidate.pushedAt <= head.enrolledAt) {
    return {
      action: 'note',
      outcome: 'baseline',
      reason: { code: 'baseline', text: 'it was in the registry when the service was enrolled' },
    };
  }
  if (runs(head, candidate)) {
    const reason: Reason = { code: 'already-running', text: 'the service runs this digest' };
    return seen?.digest === candidate.digest && !waits ? { action: 'skip', reason } : { action: 'note', outcome: 'deployed', reason };
  }
  if (waits) return undefined;
  if (seen?.digest === candidate.digest && !(seen.outcome === 'rejected' && seen.policy !== policy.hash))
    return decided(facts, seen, policy, now);
  return olderThanRunning(head, candidate, policy);
}

// The same digest under another tag is no new candidate; where it is barred, that its new name changes nothing is put on record.
function decided(facts: GateFacts, seen: Seen, policy: ServicePolicy, now: Date): CandidateDecision {
  const barred = facts.candidate.tag === seen.tag ? undefined : quarantineGate(facts, policy, now);
  if (barred?.answer === 'reject') return { action: 'reject', reason: barred.reason };
  return { action: 'skip', reason: { code: 'already-decided', text: `it was decided before: ${seen.outcome}, ${seen.reason.text}` } };
}

function runs({ current }: Head, { repository, digest }: Candidate): boolean {
  const going = current?.state === 'deploying' || current?.state === 'baking' || current?.state === 'live';
  return going && current.images[repository]?.digest === digest;
}

// For one tag the candidate is what the tag names now, whatever its age; elsewhere an older push never replaces a newer one.
function olderThanRunning(head: Head, candidate: Candidate, policy: ServicePolicy): CandidateDecision | undefined {
  const tags = policy.images.find(({ repository }) => repository === candidate.repository)?.tags;
  if (tags?.kind === 'tag') return undefined;
  const running = newestInFlight(head, candidate.repository);
  if (running === undefined || order(candidate) > order(running)) return undefined;
  return { action: 'reject', reason: { code: 'older-than-seen', text: `${running.tag ?? 'what runs'} was pushed later` } };
}

function newestInFlight(head: Head, repository: string): { pushedAt: Instant; tag?: string } | undefined {
  const running = head.current?.state === 'rolling-back' ? undefined : head.current?.images[repository];
  const verified = head.verified[0]?.images[repository];
  const waiting = head.waiting[repository]?.map(({ candidate }) => candidate) ?? [];
  const all = [running, verified, ...waiting].flatMap((one) => (one?.pushedAt === undefined ? [] : [{ ...one, pushedAt: one.pushedAt }]));
  return all.toSorted((a, b) => (order(a) < order(b) ? 1 : -1))[0] ?? baselineOf(head, repository);
}

// What ran at enrolment may be known by its digest alone: the newest in the registry then is the measure.
function baselineOf(head: Head, repository: string): { pushedAt: Instant; tag?: string } | undefined {
  const seen = head.seen[repository];
  return seen?.outcome === 'baseline' ? seen : undefined;
}

function order({ pushedAt, tag }: { pushedAt: Instant; tag?: string }): string {
  return `${pushedAt} ${tag ?? ''}`;
}
