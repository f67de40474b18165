import { acceptedTag } from './accept-tag.ts';
import { foreignMediaType } from './never-counts.ts';
import type { Candidate, Origin, RegistryImage } from '../../domain/image.ts';
import type { TagPolicy } from '../../domain/policy.ts';

/** The candidate that a policy takes among these images; undefined when it accepts none. The order in which they are given plays no part. */
export function newestCandidate(images: RegistryImage[], policy: TagPolicy, origin: Origin): Candidate | undefined {
  return images
    .flatMap((image) => candidateOf(image, policy, origin))
    .toSorted(byAge)
    .at(-1);
}

/** Of two candidates the newer one: of a page and of the pages before it, say. */
export function newerOf(one: Candidate | undefined, other: Candidate | undefined): Candidate | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return byAge(one, other) > 0 ? one : other;
}

/** Older before newer: by push time, then tag, then digest, so that two different candidates are never equal. */
export function byAge(a: Candidate, b: Candidate): number {
  return compare(a.pushedAt, b.pushedAt) || compare(a.tag, b.tag) || compare(a.digest, b.digest);
}

// Several tags on one digest make one candidate; an archived image cannot be pulled and makes none.
function candidateOf(image: RegistryImage, policy: TagPolicy, origin: Origin): Candidate[] {
  const { repository, digest, tags, pushedAt, active } = image;
  const tag = acceptedTag(policy, tags);
  if (tag === undefined || !active || foreignMediaType(image) !== undefined) return [];
  return [{ repository, digest, tag, pushedAt, origin }];
}

// By code units: the same on every machine, whatever its language.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
