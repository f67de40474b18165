import type { Digest, RepositoryName } from '../domain/image.ts';
import type { ImageLabels } from '../domain/image-labels.ts';
import type { ImageContent } from '../domain/platform.ts';

/** What stands behind a digest. It never changes, so that a repeat costs nothing. */
export interface ImageContents {
  /** The children of an index, attestations left out; of a single image the platform, where its config tells one in time. */
  read(repository: RepositoryName, digest: Digest): Promise<ImageContent>;
  /** Whether the image says that a service cannot go back from it: `autopilot.rollback=never` as an annotation, or a label in its config. Throws where that cannot be read. */
  isOneWay(repository: RepositoryName, digest: Digest): Promise<boolean>;
  /** What the image says of where it comes from; of an index also what its first platform says. Throws where that cannot be read. */
  labels(repository: RepositoryName, digest: Digest): Promise<ImageLabels>;
}
