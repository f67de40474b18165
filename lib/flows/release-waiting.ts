import { commit } from './ledger.ts';
import { offerCandidate, type OfferNeeds } from './offer-candidate.ts';
import { newestCandidate } from '../decide/tags/newest.ts';
import { rejectCandidate } from '../decide/transitions/candidates.ts';
import type { Head, Waiting } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import { isPast } from '../domain/instant.ts';
import type { ImagePolicy, ServicePolicy } from '../domain/policy.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Registry } from '../ports/registry.ts';

export interface ReleaseNeeds extends OfferNeeds {
  registry: Registry;
}

/** Asks the gates anew for what waits: the newest first, for it may take the first place at once; the first only where the newest must go on waiting. */
export async function releaseWaiting(needs: ReleaseNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  for (const image of policy.images) {
    const places = (head.waiting[image.repository] ?? []).filter((one) => isReady(one, head, invocation.now));
    for (const waiting of places.toReversed()) {
      if (!(await stillWaits(needs, head, waiting))) break; // The one before it came through, and this one was superseded.
      await ask(needs, head, image, waiting, policy, invocation);
    }
  }
}

// A wait for whoever was acting ends with the act, not with the time that it might have taken.
function isReady({ until, deployment }: Waiting, { acting }: Head, now: Date): boolean {
  return isPast(until, now) || (deployment.reason.code === 'busy' && acting === undefined);
}

async function stillWaits({ heads }: ReleaseNeeds, { service }: Head, { candidate }: Waiting): Promise<boolean> {
  const latest = await heads.read(service);
  return latest?.waiting[candidate.repository]?.some((one) => one.candidate.digest === candidate.digest) === true;
}

async function ask(
  needs: ReleaseNeeds,
  head: Head,
  image: ImagePolicy,
  { candidate }: Waiting,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<void> {
  const now = await asItIs(needs.registry, image, candidate);
  if (now !== undefined) return offerCandidate(needs, { find: async () => now, digest: now.digest }, policy, invocation);
  const latest = (await needs.heads.read(head.service)) ?? head;
  const text = `${candidate.repository}:${candidate.tag} is no longer in the registry under a tag that the service takes`;
  await commit(
    needs,
    latest,
    rejectCandidate(latest, candidate, { code: 'image-missing', text }, undefined, policy, invocation.now),
    policy,
    invocation,
  );
}

async function asItIs(registry: Registry, { repository, tags }: ImagePolicy, candidate: Candidate): Promise<Candidate | undefined> {
  const image = tags.kind === 'tag' ? await registry.byTag(repository, tags.tag) : await registry.byDigest(repository, candidate.digest);
  return image === undefined ? undefined : newestCandidate([image], tags, candidate.origin);
}
