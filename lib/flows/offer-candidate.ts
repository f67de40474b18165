import { attemptsMax, type Found } from './context.ts';
import { deployCandidate, readBase, type DeployNeeds } from './deploy-candidate.ts';
import { behindImages } from './image-barrier.ts';
import { scanFacts, contentOf, type ImageFactsNeeds } from './image-facts.ts';
import { commit } from './ledger.ts';
import { obstacleMessage } from './note-obstacle.ts';
import { withoutLapsed } from './without-lapsed.ts';
import { readService } from './read-service.ts';
import { decideCandidate } from '../decide/candidate.ts';
import type { GateFacts } from '../decide/gates/gate.ts';
import { obstacleOf } from '../decide/gates/kind.ts';
import { rejectedId } from '../decide/transitions/candidate-record.ts';
import { noteCandidate, rejectCandidate } from '../decide/transitions/candidates.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { waitCandidate } from '../decide/transitions/waiting.ts';
import type { Head, Owed } from '../domain/head.ts';
import type { Candidate, Digest, RepositoryName } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService } from '../domain/service.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';

export type OfferNeeds = DeployNeeds & ImageFactsNeeds;

/** What is offered: the candidate as the registry tells it, and the image it is expected to be, so that all is asked about at once. */
export interface Offer {
  find: () => Promise<Candidate | undefined>;
  repository: RepositoryName;
  digest?: Digest | undefined;
}

/** Offers a candidate to one service: decided from its head and from ECS as they are now, and decided again when somebody was faster. */
export async function offerCandidate(needs: OfferNeeds, offer: Offer, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const [candidate, head, service, expected] = await Promise.all([
      offer.find(),
      needs.heads.read(policy.service),
      readService(needs.services, policy.service),
      offer.digest === undefined ? undefined : askAbout(needs, { ...offer, digest: offer.digest }, policy, invocation),
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
    const asked =
      expected !== undefined && offer.digest === candidate.digest ? expected : await askAbout(needs, candidate, policy, invocation);
    if (await settle(needs, { head, service, policy, invocation }, candidate, asked)) return;
  }
  throw new TransientError(`the head of ${policy.service} was changed by others ${attemptsMax} times in a row`);
}

type Offered = Omit<Found, 'service'> & { service: ObservedService | undefined };

export type Asked = Pick<GateFacts, 'quarantined' | 'scan'>;

// What stands behind the digest is asked ahead: whoever needs it finds it read, and nobody waits for it here.
export async function askAbout(
  needs: OfferNeeds,
  image: Pick<Candidate, 'repository' | 'digest'>,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<Asked> {
  void contentOf(needs, image, invocation);
  const scanPolicy = policy.gates?.scan;
  const [barring, scan] = await Promise.all([
    needs.quarantine.barring([image.digest]),
    scanPolicy === undefined ? undefined : scanFacts(needs, image, scanPolicy, invocation),
  ]);
  return {
    quarantined: Object.fromEntries(barring.map(({ digest, reason }) => [digest, reason])),
    ...(scan === undefined ? {} : { scan }),
  };
}

/** Decides and acts. False: the head changed meanwhile. */
async function settle(needs: OfferNeeds, found: Offered, candidate: Candidate, asked: Asked): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const decision = decideCandidate({ head: withoutLapsed(head, invocation.now), candidate, service, ...asked }, policy, invocation.now);
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
      return service === undefined || deploy(needs, { ...found, service }, candidate, decision.reason);
    default:
      return decision satisfies never;
  }
}

// What is in flight must not be given up for an image that cannot run: then it is asked before the claim, else beside the act.
async function deploy(needs: OfferNeeds, found: Found, candidate: Candidate, reason: Reason): Promise<boolean> {
  const base = isSteady(found.head) ? undefined : await readBase(needs, found);
  const asked = base === undefined || base instanceof Error ? undefined : await behindImages(needs, [candidate], base, found.invocation);
  const barrier = asked?.barrier;
  if (barrier !== undefined) return reject(needs, found, candidate, barrier);
  return (await deployCandidate(needs, found, candidate, reason)) === 'done';
}

function isSteady({ current }: Head): boolean {
  return current?.state !== 'deploying' && current?.state !== 'baking' && current?.state !== 'rolling-back';
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
