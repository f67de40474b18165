import { askGates } from './gates/gates.ts';
import { isDecided } from './is-decided.ts';
import type { GateFacts } from './gates/gate.ts';
import { quarantineGate } from './gates/quarantine.ts';
import { cancelledBefore, newerThan } from './measure.ts';
import { compareTags } from './tags/compare.ts';
import { newestPush } from './tags/newest-push.ts';
import { orderOf } from './tags/order-of.ts';
import type { Head, Seen } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import { tagsOf, type ServicePolicy } from '../domain/policy.ts';
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
      return { action: 'deploy', reason: newImage(candidate, gate.note) };
    case 'wait':
      return { action: 'wait', until: gate.until, reason: gate.reason };
    case 'reject':
      return { action: 'reject', reason: gate.reason };
    default:
      return gate satisfies never;
  }
}

function newImage({ repository, tag }: Candidate, note: string | undefined): Reason {
  return { code: 'new-image', text: `${repository}:${tag} is new for the service${note === undefined ? '' : `; ${note}`}` };
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
    const told = seen?.digest === candidate.digest && seen.tag === candidate.tag; // Under another tag it has another place in the order.
    return told && !waits ? { action: 'skip', reason } : { action: 'note', outcome: 'deployed', reason };
  }
  if (!waits && seen?.digest === candidate.digest && isDecided(seen, policy, head.obstacle)) return decided(facts, seen, policy, now);
  return olderThanRunning(facts, policy);
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

// For one tag the candidate is what the tag names now, whatever its age; elsewhere an older one never replaces a newer one.
function olderThanRunning({ candidate, head, service, named }: GateFacts, policy: ServicePolicy): CandidateDecision | undefined {
  const tags = tagsOf(policy, candidate.repository);
  if (tags === undefined || tags.kind === 'tag') return undefined;
  const found = { taskDefinition: service?.taskDefinition, named };
  const newer = newerThan(candidate, head, tags, found) ?? cancelledBefore(candidate, head, tags);
  if (newer === undefined) return undefined;
  const order = compareTags(tags, candidate.tag, newer.tag) === 0 ? newestPush : orderOf(tags);
  return { action: 'reject', reason: { code: 'older-than-seen', text: `${newer.tag} ${order.newer}` } };
}
