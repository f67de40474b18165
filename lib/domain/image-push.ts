import type { Digest } from './image.ts';
import type { Instant } from './instant.ts';

/** What the registry told about one image and one tag: a push, or a copy that arrived by replication. */
export interface ImagePush {
  /** Plain name in the registry that told it. Account and region say which one: the configuration may name the full registry. */
  repository: string;
  digest?: Digest;
  /** Absent: pushed by digest alone, as the platform children of an index are. */
  tag?: string;
  origin: 'push' | 'replication';
  /** What was done, in AWS's word: PUSH, REPLICATE, DELETE … */
  action: string;
  /** How it went, in AWS's word. */
  result: string;
  /** Media type of the manifest, where told. */
  mediaType?: string;
  /** Media type of the artifact (its config), where told. */
  artifactMediaType?: string;
  account: string;
  region: string;
  time: Instant;
}
