import type { Digest, RegistryImage, RepositoryName } from '../../lib/domain/image.ts';
import type { Instant } from '../../lib/domain/instant.ts';
import { MissingError } from '../../lib/errors.ts';
import type { Registry } from '../../lib/ports/registry.ts';
import { frozen } from './memory-table.ts';

/** A registry in memory. A tag names one image: pushed again, it leaves the one that had it. */
export interface FakeRegistry extends Registry {
  repositories: Map<RepositoryName, Map<Digest, RegistryImage>>;
  addRepository(repository: RepositoryName): void;
  /** Puts an image there under a tag, or the tag onto an image that is there; an empty tag pushes by digest. */
  push(repository: RepositoryName, digest: Digest, tag: string, pushedAt: Instant, differing?: Partial<RegistryImage>): RegistryImage;
  /** Archived: still there, and no task can pull it. */
  archive(repository: RepositoryName, digest: Digest): void;
  remove(repository: RepositoryName, digest: Digest): void;
}

/** A fake registry; `pageSize` lets few images make several pages. */
export function fakeRegistry(pageSize = 1000): FakeRegistry {
  const repositories = new Map<RepositoryName, Map<Digest, RegistryImage>>();
  const images = (repository: RepositoryName): Map<Digest, RegistryImage> => {
    const found = repositories.get(repository);
    if (found === undefined) throw new MissingError('repository', `no repository ${repository}`);
    return found;
  };
  return {
    repositories,
    addRepository: (repository) => {
      if (!repositories.has(repository)) repositories.set(repository, new Map());
    },
    push: (repository, digest, tag, pushedAt, differing = {}) => {
      if (!repositories.has(repository)) repositories.set(repository, new Map());
      return pushed(images(repository), { repository, digest, tags: [], pushedAt, active: true, ...differing }, tag);
    },
    archive: (repository, digest) => {
      const image = images(repository).get(digest);
      if (image !== undefined) images(repository).set(digest, frozen({ ...image, active: false }));
    },
    remove: (repository, digest) => void images(repository).delete(digest),
    byTag: async (repository, tag) => [...images(repository).values()].find(({ tags }) => tags.includes(tag)),
    byDigest: async (repository, digest) => images(repository).get(digest),
    page: async (repository, from = '0') => {
      const listed = [...images(repository).values()].filter(({ tags, active }) => tags.length > 0 && active);
      const end = Number(from) + pageSize;
      return { images: listed.slice(Number(from), end), ...(end < listed.length ? { next: String(end) } : {}) };
    },
  };
}

function pushed(images: Map<Digest, RegistryImage>, image: RegistryImage, tag: string): RegistryImage {
  const stored = images.get(image.digest) ?? image;
  for (const other of images.values()) {
    if (other.tags.includes(tag)) images.set(other.digest, frozen({ ...other, tags: other.tags.filter((named) => named !== tag) }));
  }
  const tags = [...new Set([...stored.tags, ...image.tags, ...(tag === '' ? [] : [tag])])];
  const written = frozen({ ...stored, tags });
  images.set(image.digest, written);
  return written;
}
