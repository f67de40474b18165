import type { Instant } from './instant.ts';

/** `sha256:…` of a manifest or of an index. */
export type Digest = string;

/** A repository as the configuration names it: `my-web-app`, or the full registry name where it lives in another account or region. */
export type RepositoryName = string;

/** An image as the registry tells it now. */
export interface RegistryImage {
  repository: RepositoryName;
  digest: Digest;
  /** All tags that name this digest now; empty when untagged. */
  tags: string[];
  pushedAt: Instant;
  /** False when archived or being restored: a task cannot pull it. */
  active: boolean;
  /** Media type of the manifest, where the registry tells. */
  mediaType?: string;
  /** Media type of the artifact (its config), where the registry tells. */
  artifactMediaType?: string;
}

/** An image that a policy would accept, by the tag that made it one. */
export interface Candidate {
  repository: RepositoryName;
  digest: Digest;
  /** Empty where a person ordered an image that has none. */
  tag: string;
  pushedAt: Instant;
  origin: Origin;
}

/** What a candidate is called: by its tag, or, where it has none, by its digest's beginning. */
export function candidateName({ repository, tag, digest }: Pick<Candidate, 'repository' | 'tag' | 'digest'>): string {
  return tag === '' ? `${repository}@${digest.slice(0, 19)}` : `${repository}:${tag}`;
}

/** What brought a deployment about. */
export type Origin = 'push' | 'replication' | 'reconciliation' | 'command' | 'external';

/** What a service runs, or is to run, per repository. Tag and push time are absent where only the digest is known. */
export type Images = Record<RepositoryName, { digest: Digest; tag?: string; pushedAt?: Instant }>;
