import { newestCandidate } from '../decide/tags/newest.ts';
import type { Candidate } from '../domain/image.ts';
import type { ImagePolicy } from '../domain/policy.ts';
import type { Registry } from '../ports/registry.ts';

/** A candidate that was found some time ago, as the registry tells it now. Undefined: it is none any more. */
export async function asItIs(registry: Registry, { repository, tags }: ImagePolicy, candidate: Candidate): Promise<Candidate | undefined> {
  const image = tags.kind === 'tag' ? await registry.byTag(repository, tags.tag) : await registry.byDigest(repository, candidate.digest);
  return image === undefined ? undefined : newestCandidate([image], tags, candidate.origin);
}
