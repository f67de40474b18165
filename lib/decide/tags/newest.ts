import { acceptedTag } from './accept-tag.ts';
import { compareByPolicy } from './compare.ts';
import { foreignMediaType } from './never-counts.ts';
import type { Candidate, Origin, RegistryImage } from '../../domain/image.ts';
import type { TagPolicy } from '../../domain/policy.ts';

/** The candidate that a policy takes among these images; undefined when it accepts none. The order in which they are given plays no part. */
export function newestCandidate(images: RegistryImage[], policy: TagPolicy, origin: Origin): Candidate | undefined {
  return newestCandidates([], images, policy, origin, 1)[0];
}

/** Of candidates and the images of a further page the newest by the policy's order, at most so many, the newest first. */
export function newestCandidates(
  before: Candidate[],
  images: RegistryImage[],
  policy: TagPolicy,
  origin: Origin,
  most: number,
): Candidate[] {
  const added = images.map((image) => candidateOf(image, policy, origin)).filter((one) => one !== undefined);
  return added.reduce((kept, one) => placed(kept, one, policy).slice(0, most), before);
}

function placed(kept: Candidate[], one: Candidate, policy: TagPolicy): Candidate[] {
  // Most of a page is older than the last that is kept: that one is asked first, for each comparison reads two tags.
  const after = kept.findLastIndex((other) => compareByPolicy(policy, one, other) < 0);
  const newer = kept.slice(0, after + 1);
  if (newer.some(({ digest }) => digest === one.digest)) return kept; // Told of twice, while its tags moved.
  return [...newer, one, ...kept.slice(after + 1).filter(({ digest }) => digest !== one.digest)];
}

// Several tags on one digest make one candidate; an archived image cannot be pulled and makes none.
function candidateOf(image: RegistryImage, policy: TagPolicy, origin: Origin): Candidate | undefined {
  const { repository, digest, tags, pushedAt, active } = image;
  const tag = acceptedTag(policy, tags);
  if (tag === undefined || !active || foreignMediaType(image) !== undefined) return undefined;
  return { repository, digest, tag, pushedAt, origin };
}
