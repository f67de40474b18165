import { attemptsMax, type Found } from './context.ts';
import { deployCandidate, type DeployNeeds } from './deploy-candidate.ts';
import { commit } from './ledger.ts';
import { obstacleMessage } from './note-obstacle.ts';
import { readService } from './read-service.ts';
import { decideCandidate } from '../decide/candidate.ts';
import { obstacleOf } from '../decide/gates/kind.ts';
import { rejectedId } from '../decide/transitions/candidate-record.ts';
import { noteCandidate, rejectCandidate } from '../decide/transitions/candidates.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { waitCandidate } from '../decide/transitions/waiting.ts';
import type { Head, Owed } from '../domain/head.ts';
import type { Candidate, Digest } from '../domain/image.ts';
import { isPast } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService } from '../domain/service.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { QuarantineEntry } from '../ports/quarantine.ts';

export type OfferNeeds = DeployNeeds;

/** What is offered: the candidate as the registry tells it, and the digest it is expected to have, so that both are asked about at once. */
export interface Offer {
  find: () => Promise<Candidate | undefined>;
  digest?: Digest | undefined;
}

/** Offers a candidate to one service: decided from its head and from ECS as they are now, and decided again when somebody was faster. */
export async function offerCandidate(needs: OfferNeeds, offer: Offer, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const [candidate, head, service, expected] = await Promise.all([
      offer.find(),
      needs.heads.read(policy.service),
      readService(needs.services, policy.service),
      offer.digest === undefined ? [] : needs.quarantine.barring([offer.digest]),
    ]);
    if (candidate === undefined)
      return invocation.log('no candidate', {
        service: policy.service,
        digest: offer.digest,
        code: 'image-missing',
        why: 'no tag that the service takes names it now',
      });
    if (head === undefined)
      return invocation.log('not enrolled yet: the next tick does', { service: policy.service, digest: candidate.digest });
    const barring = offer.digest === candidate.digest ? expected : await needs.quarantine.barring([candidate.digest]);
    if (await settle(needs, { head, service, policy, invocation }, candidate, barring)) return;
  }
  throw new TransientError(`the head of ${policy.service} was changed by others ${attemptsMax} times in a row`);
}

type Offered = Omit<Found, 'service'> & { service: ObservedService | undefined };

/** Decides and acts. False: the head changed meanwhile. */
async function settle(needs: OfferNeeds, found: Offered, candidate: Candidate, barring: QuarantineEntry[]): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const quarantined = Object.fromEntries(barring.map(({ digest, reason }) => [digest, reason]));
  const decision = decideCandidate({ head: withoutLapsed(head, invocation.now), candidate, service, quarantined }, policy, invocation.now);
  const { repository, digest, tag } = candidate;
  invocation.log('candidate', { service: head.service, repository, digest, tag, action: decision.action, reason: decision.reason });
  switch (decision.action) {
    case 'skip':
      return true;
    case 'note':
      return written(needs, found, noteCandidate(head, candidate, decision.outcome, decision.reason, policy, invocation.now));
    case 'wait':
      return written(needs, found, waitCandidate(head, candidate, decision.reason, decision.until, policy, invocation.now));
    case 'reject':
      return reject(needs, found, candidate, decision.reason);
    case 'deploy':
      return service === undefined || (await deployCandidate(needs, { ...found, service }, candidate, decision.reason)) === 'done';
    default:
      return decision satisfies never;
  }
}

async function reject(needs: OfferNeeds, found: Offered, candidate: Candidate, reason: Reason): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const known = await needs.log.find(head.service, rejectedId(head, candidate));
  const rejected = rejectCandidate(head, candidate, reason, known, policy, invocation.now);
  const obstacle = obstacleOf(service, head.service);
  if (obstacle === undefined) return written(needs, found, rejected);
  // What bars every image is told once, by a message of its own; each image that meets it is on record.
  const recorded = { ...rejected, told: [], quiet: [...(rejected.quiet ?? []), ...rejected.told] };
  if (head.obstacle?.code === obstacle.code) return written(needs, found, recorded);
  const message = obstacleMessage(head, obstacle, invocation);
  return written(needs, found, { ...recorded, change: { ...recorded.change, obstacle } }, [message]);
}

async function written(
  needs: OfferNeeds,
  { head, policy, invocation }: Offered,
  transition: Transition,
  owed: Owed[] = [],
): Promise<boolean> {
  return (await commit(needs, head, transition, policy, invocation, owed)) !== undefined;
}

// A claim past its end bars nobody; what it left undone is seen by the gates from the deployment itself.
function withoutLapsed(head: Head, now: Date): Head {
  if (head.acting === undefined || !isPast(head.acting.until, now)) return head;
  const { acting: _, ...free } = head;
  return free;
}
