import type { RegistryImage, RepositoryName } from '../../lib/domain/image.ts';
import { toInstant } from '../../lib/domain/instant.ts';
import { MissingError } from '../../lib/errors.ts';
import type { Registry } from '../../lib/ports/registry.ts';
import type { EcrModel } from '../../sandbox/model/ecr/model.ts';
import { inListingOrder, type Image, type Repository } from '../../sandbox/model/ecr/repository.ts';

/** The port of the registry over the model of ECR; `pageSize` lets few images make several pages. */
export function modelRegistry(model: EcrModel, pageSize: number): Registry {
  const repositoryOf = (name: RepositoryName): Repository => {
    const repository = model.repositories.get(name);
    if (repository === undefined) throw new MissingError('repository', `no repository ${name}`);
    return repository;
  };
  return {
    byTag: async (name, tag) => {
      const repository = repositoryOf(name);
      return found(name, repository.images.get(repository.tags.get(tag) ?? ''));
    },
    byDigest: async (name, digest) => found(name, repositoryOf(name).images.get(digest)),
    page: async (name, from = '0') => {
      const listed = inListingOrder(repositoryOf(name)).filter(({ tags, status }) => tags.size > 0 && status === 'ACTIVE');
      const end = Number(from) + pageSize;
      const images = listed.slice(Number(from), end).map((image) => toImage(name, image));
      return { images, ...(end < listed.length ? { next: String(end) } : {}) };
    },
  };
}

function found(repository: RepositoryName, image: Image | undefined): RegistryImage | undefined {
  return image && toImage(repository, image);
}

function toImage(repository: RepositoryName, { manifest, pushedAtMs, status, tags }: Image): RegistryImage {
  return {
    repository,
    digest: manifest.digest,
    tags: [...tags],
    pushedAt: toInstant(new Date(pushedAtMs)),
    active: status === 'ACTIVE',
    mediaType: manifest.mediaType,
    ...(manifest.artifactMediaType === undefined ? {} : { artifactMediaType: manifest.artifactMediaType }),
  };
}
