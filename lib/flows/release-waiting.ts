import { asItIs } from './as-it-is.ts';
import { commit } from './ledger.ts';
import { offerCandidate, type OfferNeeds } from './offer-candidate.ts';
import { isReady } from '../decide/due.ts';
import { rejectCandidate } from '../decide/transitions/candidates.ts';
import { cancelWaiting, supersedeWaiting } from '../decide/transitions/waiting.ts';
import type { Head, Waiting } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import type { ImagePolicy, ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { Invocation } from '../ports/invocation.ts';

export type ReleaseNeeds = OfferNeeds;

/** Asks the gates anew for what waits: the newest first, for it may take the first place at once; the first only where the newest must go on waiting. */
export async function releaseWaiting(needs: ReleaseNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  await letGoOfOthers(needs, head, policy, invocation);
  for (const image of policy.images) {
    const places = (head.waiting[image.repository] ?? []).filter((one) => isReady(one, head, invocation.now));
    for (const waiting of places.toReversed()) {
      if (!(await stillWaits(needs, head, waiting))) break; // The one before it came through, and this one was superseded.
      await ask(needs, head, image, waiting, policy, invocation);
    }
  }
}

// What waits for a repository that the configuration no longer names waits for nothing.
async function letGoOfOthers(needs: ReleaseNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const others = Object.keys(head.waiting).filter((name) => !policy.images.some(({ repository }) => repository === name));
  if (others.length === 0) return;
  const reason: Reason = { code: 'not-accepted', text: 'the service no longer takes images of that repository' };
  await commit(needs, head, cancelWaiting(head, reason, invocation.now, others), policy, invocation);
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
  if (now?.digest !== candidate.digest) await giveUp(needs, head, candidate, now, policy, invocation);
  if (now !== undefined) await offerCandidate(needs, { ...now, find: async () => now }, policy, invocation);
}

/** It is no candidate any more: its image is gone, or the tag names another by now. A head that changed meanwhile is asked again by the next tick. */
async function giveUp(
  needs: ReleaseNeeds,
  { service }: Head,
  candidate: Candidate,
  by: Candidate | undefined,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<void> {
  const head = await needs.heads.read(service);
  if (head === undefined) return;
  const { now } = invocation;
  const text = `${candidate.repository}:${candidate.tag} is no longer in the registry under a tag that the service takes`;
  const ended =
    by === undefined
      ? rejectCandidate(head, candidate, { code: 'image-missing', text }, undefined, policy, now)
      : supersedeWaiting(head, candidate, by, now);
  await commit(needs, head, ended, policy, invocation);
}
