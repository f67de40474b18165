import { attemptsMax, type Found } from './context.ts';
import { deployCandidate, readBase, type DeployNeeds } from './deploy-candidate.ts';
import { askAbout, type Asked } from './gate-facts.ts';
import { imageBarrier } from './image-barrier.ts';
import type { ImageFactsNeeds } from './image-facts.ts';
import { commit } from './ledger.ts';
import { obstacleMessage } from './note-obstacle.ts';
import { withoutLapsed } from './without-lapsed.ts';
import { readService } from './read-service.ts';
import { weighCandidate } from './weigh-candidate.ts';
import type { CandidateDecision } from '../decide/candidate.ts';
import { obstacleOf } from '../decide/gates/kind.ts';
import { rejectedId } from '../decide/transitions/candidate-record.ts';
import { isRejectedAlready, noteCandidate, rejectCandidate } from '../decide/transitions/candidates.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { waitCandidate } from '../decide/transitions/waiting.ts';
import type { Head, Owed } from '../domain/head.ts';
import type { Candidate, Digest, RepositoryName } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService } from '../domain/service.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Registry } from '../ports/registry.ts';

export interface OfferNeeds extends DeployNeeds, ImageFactsNeeds {
  registry: Registry;
}

/** What is offered: the candidate as the registry tells it, and the image it is expected to be, so that all is asked about at once. */
export interface Offer {
  find: () => Promise<Candidate | undefined>;
  repository: RepositoryName;
  digest?: Digest | undefined;
}

/** What became of a candidate that was offered. */
export type Answer = CandidateDecision['action'];

/** Offers a candidate to one service: decided from its head and from ECS as they are now, and decided again when somebody was faster. */
export async function offerCandidate(
  needs: OfferNeeds,
  offer: Offer,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<Answer | undefined> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const [candidate, head, service, expected] = await Promise.all([
      offer.find(),
      needs.heads.read(policy.service),
      readService(needs.services, policy.service),
      offer.digest === undefined ? undefined : askAbout(needs, { ...offer, digest: offer.digest }, policy, invocation),
    ]);
    if (candidate === undefined || head === undefined) return passOver(offer, candidate, policy, invocation);
    const asked =
      expected !== undefined && offer.digest === candidate.digest ? expected : await askAbout(needs, candidate, policy, invocation);
    const answer = await settle(needs, { head, service, policy, invocation }, candidate, asked);
    if (answer !== 'again') return answer;
  }
  throw new TransientError(`the head of ${policy.service} was changed by others ${attemptsMax} times in a row`);
}

function passOver({ digest }: Offer, candidate: Candidate | undefined, { service }: ServicePolicy, invocation: Invocation): undefined {
  if (candidate !== undefined) invocation.log('not enrolled yet: the next tick does', { service, digest: candidate.digest });
  else invocation.log('no candidate', { service, digest, code: 'image-missing', why: 'no tag that the service takes names it now' });
}

type Offered = Omit<Found, 'service'> & { service: ObservedService | undefined };

/** Decides and acts; `again`: the head changed meanwhile. */
async function settle(needs: OfferNeeds, found: Offered, candidate: Candidate, asked: Asked): Promise<Answer | 'again'> {
  const { head, service, policy, invocation } = found;
  const facts = { head: withoutLapsed(head, invocation.now), candidate, service, ...asked };
  const decision = await weighCandidate(needs, facts, policy, invocation.now);
  const { repository, digest, tag } = candidate;
  invocation.log('candidate', { service: head.service, repository, digest, tag, action: decision.action, reason: decision.reason });
  switch (decision.action) {
    case 'skip':
      return 'skip';
    case 'note': {
      const noted = noteCandidate(head, candidate, decision.outcome, decision.reason, policy, invocation.now);
      return written(needs, found, noted, 'note');
    }
    case 'wait': {
      const barrier =
        service !== undefined && wasRejected(head, candidate) ? await barrierAhead(needs, { ...found, service }, candidate) : undefined;
      if (barrier !== undefined) return reject(needs, found, candidate, barrier); // People heard of that: it is not told as waiting in between.
      const waits = waitCandidate(head, candidate, decision.reason, decision.until, policy, invocation.now);
      return written(needs, found, waits, 'wait');
    }
    case 'reject':
      return reject(needs, found, candidate, decision.reason);
    case 'deploy':
      return service === undefined ? 'skip' : deploy(needs, { ...found, service }, candidate, decision.reason);
    default:
      return decision satisfies never;
  }
}

// What is in flight must not be given up for an image that cannot run, nor a claim be made again for one that could not, as reconciliation would in
// each round: then it is asked before the claim. Only a push is in a hurry.
async function deploy(needs: OfferNeeds, found: Found, candidate: Candidate, reason: Reason): Promise<Answer | 'again'> {
  const ahead = !isSteady(found.head) || candidate.origin === 'reconciliation' || wasRejected(found.head, candidate);
  const barrier = ahead ? await barrierAhead(needs, found, candidate) : undefined;
  if (barrier !== undefined) return reject(needs, found, candidate, barrier);
  return (await deployCandidate(needs, found, candidate, reason)) === 'done' ? 'deploy' : 'again';
}

async function barrierAhead(needs: OfferNeeds, found: Found, candidate: Candidate): Promise<Reason | undefined> {
  const base = await readBase(needs, found);
  return base === undefined || base instanceof Error ? undefined : imageBarrier(needs, candidate, found, base, found.invocation);
}

function isSteady({ current }: Head): boolean {
  return current?.state !== 'deploying' && current?.state !== 'baking' && current?.state !== 'rolling-back';
}

function wasRejected({ seen }: Head, { repository, digest }: Candidate): boolean {
  return seen[repository]?.digest === digest && seen[repository].outcome === 'rejected';
}

async function reject(needs: OfferNeeds, found: Offered, candidate: Candidate, reason: Reason): Promise<Answer | 'again'> {
  const { head, service, policy, invocation } = found;
  const obstacle = obstacleOf(service, head.service);
  const known = await needs.log.find(head.service, rejectedId(head, candidate));
  const isTold = obstacle === undefined || head.obstacle?.code === obstacle.code;
  if (isTold && isRejectedAlready(head, candidate, reason, known, policy)) return 'reject';
  const rejected = rejectCandidate(head, candidate, reason, known, policy, invocation.now);
  if (obstacle === undefined) return written(needs, found, rejected, 'reject');
  // What bars every image is told once, by a message of its own; each image that meets it is on record.
  const recorded = { ...rejected, told: [], quiet: [...(rejected.quiet ?? []), ...rejected.told] };
  if (isTold) return written(needs, found, recorded, 'reject');
  const message = obstacleMessage(head, obstacle, invocation);
  return written(needs, found, { ...recorded, change: { ...recorded.change, obstacle } }, 'reject', [message]);
}

async function written(
  needs: OfferNeeds,
  { head, policy, invocation }: Offered,
  transition: Transition,
  answer: Answer,
  owed: Owed[] = [],
): Promise<Answer | 'again'> {
  return (await commit(needs, head, transition, policy, invocation, owed)) === undefined ? 'again' : answer;
}
