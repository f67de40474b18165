import { acceptedTag } from './accept-tag.ts';
import { compareByPolicy } from './compare.ts';
import { foreignMediaType } from './never-counts.ts';
import type { Candidate, Origin, RegistryImage } from '../../domain/image.ts';
import type { TagPolicy } from '../../domain/policy.ts';

/** The candidate that a policy takes among these images; undefined when it accepts none. The order in which they are given plays no part. */
export function newestCandidate(images: RegistryImage[], policy: TagPolicy, origin: Origin): Candidate | undefined {
  return images
    .map((image) => candidateOf(image, policy, origin))
    .reduce<Candidate | undefined>((newest, one) => newerOf(newest, one, policy), undefined);
}

/** Of two candidates the newer one by the policy's order: of a page and of the pages before it, say. */
export function newerOf(one: Candidate | undefined, other: Candidate | undefined, policy: TagPolicy): Candidate | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareByPolicy(policy, one, other) > 0 ? one : other;
}

// Several tags on one digest make one candidate; an archived image cannot be pulled and makes none.
function candidateOf(image: RegistryImage, policy: TagPolicy, origin: Origin): Candidate | undefined {
  const { repository, digest, tags, pushedAt, active } = image;
  const tag = acceptedTag(policy, tags);
  if (tag === undefined || !active || foreignMediaType(image) !== undefined) return undefined;
  return { repository, digest, tag, pushedAt, origin };
}
