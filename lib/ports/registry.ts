import type { Digest, RegistryImage, RepositoryName } from '../domain/image.ts';

/** The image registry, read only. A repository that does not exist throws MissingError('repository'). */
export interface Registry {
  /** The image that the tag names now; undefined when no image has it. */
  byTag(repository: RepositoryName, tag: string): Promise<RegistryImage | undefined>;
  /** The image of that digest, archived ones included; undefined when it is gone. */
  byDigest(repository: RepositoryName, digest: Digest): Promise<RegistryImage | undefined>;
  /** One page (at most 1,000) of the tagged, active images, in no order; `next` goes on from there. */
  page(repository: RepositoryName, from?: string): Promise<{ images: RegistryImage[]; next?: string }>;
}
