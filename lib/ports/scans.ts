import type { Digest, RepositoryName } from '../domain/image.ts';
import type { ImageScan } from '../domain/scan.ts';

/** Scans of images for known vulnerabilities, read only. */
export interface Scans {
  /** The latest scan of an image; without a status where there is none. `single` asks for the findings one by one, as many as are read at most. */
  latest(repository: RepositoryName, digest: Digest, single: boolean): Promise<ImageScan>;
  /** Whether what is pushed to the repository is scanned by itself. */
  onPush(repository: RepositoryName): Promise<boolean>;
}
