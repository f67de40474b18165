import { offerCandidate } from './offer-candidate.ts';
import type { ReleaseNeeds } from './release-waiting.ts';
import { newestCandidate } from '../decide/tags/newest.ts';
import type { Candidate, RepositoryName } from '../domain/image.ts';
import type { ImagePolicy, ServicePolicy } from '../domain/policy.ts';
import type { Invocation } from '../ports/invocation.ts';

/** Offers again what was decided for these repositories and does not run, as the registry tells it now. */
export async function offerPassedOver(
  needs: ReleaseNeeds,
  repositories: RepositoryName[],
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<void> {
  const head = repositories.length === 0 ? undefined : await needs.heads.read(policy.service);
  for (const image of policy.images) {
    const digest = repositories.includes(image.repository) ? head?.seen[image.repository]?.digest : undefined;
    const candidate = digest === undefined ? undefined : await asItIs(needs, image, digest);
    if (candidate !== undefined) await offerCandidate(needs, { ...candidate, find: async () => candidate }, policy, invocation);
  }
}

async function asItIs({ registry }: ReleaseNeeds, { repository, tags }: ImagePolicy, digest: string): Promise<Candidate | undefined> {
  const image = tags.kind === 'tag' ? await registry.byTag(repository, tags.tag) : await registry.byDigest(repository, digest);
  return image === undefined ? undefined : newestCandidate([image], tags, 'reconciliation');
}
