import { foldTold } from './fold-told.ts';
import { offerCandidate, type OfferNeeds } from './offer-candidate.ts';
import { runnable } from '../decide/tags/runnable.ts';
import { acceptedTag } from '../decide/tags/accept-tag.ts';
import { newestCandidate } from '../decide/tags/newest.ts';
import { isToldRepository } from '../decide/told-repository.ts';
import type { ImagePush } from '../domain/image-push.ts';
import type { Candidate } from '../domain/image.ts';
import type { Configuration, ImagePolicy, ServicePolicy } from '../domain/policy.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Registry } from '../ports/registry.ts';

export interface DeployImageNeeds extends OfferNeeds {
  configuration: Configuration;
}

/** Offers a pushed image to each managed service of its repository, independently: one that fails stops no other. */
export async function deployImage(push: ImagePush, needs: DeployImageNeeds, invocation: Invocation): Promise<void> {
  const { repository, digest, tag } = push;
  const skip = runnable(push);
  if (!skip.runnable || digest === undefined)
    return invocation.log('skipped', { repository, digest, tag, code: 'not-runnable', why: skip.runnable ? 'no digest' : skip.why });
  const offers = servicesOf(needs.configuration, push);
  if (offers.length === 0) return invocation.log('skipped', { repository, digest, tag, code: 'not-accepted', why: 'no service takes it' });
  const find = once((image: ImagePolicy) => findCandidate(needs.registry, image, push));
  const services = offers.map(({ policy }) => policy.service);
  let results: PromiseSettledResult<unknown>[] = [];
  await foldTold(needs, services, invocation, async (folding) => {
    const offered = offers.map(({ policy, image }) =>
      offerCandidate(folding, { find: () => find(image), repository: image.repository, digest }, policy, invocation),
    );
    results = await Promise.allSettled(offered);
  });
  const failed = results.filter((result) => result.status === 'rejected');
  for (const { reason } of failed) invocation.log('failed for a service', { repository, digest, tag, error: String(reason) });
  if (failed.length > 0) throw failed[0]?.reason; // Lambda tries again; what is done is not done twice.
}

/** The image as the registry tells it now, where the policy takes it: what one tag names at this moment, or the pushed digest by its tags. */
export async function findCandidate(
  registry: Registry,
  { repository, tags }: ImagePolicy,
  { digest, origin }: ImagePush,
): Promise<Candidate | undefined> {
  const image = tags.kind === 'tag' ? await registry.byTag(repository, tags.tag) : await registry.byDigest(repository, digest ?? '');
  return image === undefined ? undefined : newestCandidate([image], tags, origin);
}

function servicesOf({ services }: Configuration, push: ImagePush): { policy: ServicePolicy; image: ImagePolicy }[] {
  return Object.values(services)
    .filter(({ managed }) => managed)
    .flatMap((policy) => policy.images.filter((image) => isPushOf(push, image)).map((image) => ({ policy, image })));
}

function isPushOf(push: ImagePush, { repository, tags }: ImagePolicy): boolean {
  return isToldRepository(push, repository) && (push.tag === undefined || acceptedTag(tags, [push.tag]) !== undefined);
}

// Several services may follow the same tags of the repository: the registry is asked once for them all.
function once(ask: (image: ImagePolicy) => Promise<Candidate | undefined>): (image: ImagePolicy) => Promise<Candidate | undefined> {
  const asked = new Map<string, Promise<Candidate | undefined>>();
  return (image) => {
    const key = JSON.stringify([image.repository, image.tags]);
    const answer = asked.get(key) ?? ask(image);
    asked.set(key, answer);
    return answer;
  };
}
