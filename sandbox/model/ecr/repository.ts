import type { ResourcePolicy } from '../policy.ts';
import type { Manifest } from './manifest.ts';

export type ImageStatus = 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING';

export interface Image {
  manifest: Manifest;
  pushedAtMs: number;
  status: ImageStatus;
  statusChangedAtMs: number | undefined;
  tags: Set<string>;
}

export type Mutability = 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION';

export interface Repository {
  name: string;
  arn: string;
  uri: string;
  registryId: string;
  createdAtMs: number;
  mutability: Mutability;
  /** Wildcards of tags that are the exception to the mutability. */
  exclusions: string[];
  scanOnPush: boolean;
  /** What it lets other accounts do. */
  policy: ResourcePolicy | undefined;
  images: Map<string, Image>;
  tags: Map<string, string>;
  layers: Map<string, Uint8Array>;
  /** Digests in the order of listings, which says nothing about time; undefined when it is to be made anew. */
  order: string[] | undefined;
}

/** Whether the tag, once given, may be given to another image. */
export function isMutable({ mutability, exclusions }: Repository, tag: string): boolean {
  const mutable = mutability.startsWith('MUTABLE');
  const excepted = mutability.endsWith('EXCLUSION') && exclusions.some((wildcard) => matchesWildcard(wildcard, tag));
  return mutable !== excepted;
}

/** All images in an order that is stable and tells nothing. */
export function inListingOrder(repository: Repository): Image[] {
  repository.order ??= [...repository.images.keys()].toSorted();
  return repository.order.flatMap((digest) => repository.images.get(digest) ?? []);
}

/** Whether a text is like the wildcard: `*` stands for any characters. */
export function matchesWildcard(wildcard: string, tag: string): boolean {
  const pattern = wildcard.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join('.*')}$`).test(tag);
}
