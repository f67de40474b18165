import type { Digest, RepositoryName } from './image.ts';

/** The parts of an image reference in a container definition. */
export interface ImageReference {
  /** Host of the registry, where the reference names one. */
  registry?: string;
  /** Path within the registry. */
  path: string;
  tag?: string;
  digest?: Digest;
}

/** Reads `[registry/]path[:tag][@digest]`. */
export function parseImageReference(image: string): ImageReference {
  const [name = '', digest] = image.split('@');
  const slash = name.indexOf('/');
  const host = slash > 0 && /[.:]|^localhost$/.test(name.slice(0, slash)) ? name.slice(0, slash) : undefined;
  const rest = host === undefined ? name : name.slice(slash + 1);
  const colon = rest.lastIndexOf(':');
  return {
    ...(host === undefined ? {} : { registry: host }),
    path: colon < 0 ? rest : rest.slice(0, colon),
    ...(colon < 0 ? {} : { tag: rest.slice(colon + 1) }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Whether an image comes from a repository as the configuration names it: a plain name is met in whatever ECR registry the image names. */
export function isOfRepository(image: string, repository: RepositoryName): boolean {
  const { registry, path } = parseImageReference(image);
  const wanted = parseImageReference(repository);
  if (wanted.registry !== undefined) return wanted.registry === registry && wanted.path === path;
  return path === wanted.path && registry !== undefined && /\.dkr[.-]ecr[.-]/.test(registry);
}

/** The same image, pinned: everything before the tag, then the digest. */
export function pinnedImage(image: string, digest: Digest): string {
  const { registry, path } = parseImageReference(image);
  return `${registry === undefined ? '' : `${registry}/`}${path}@${digest}`;
}
