import { EcrError } from './errors.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { isMutable } from './repository.ts';
import type { Image, Repository } from './repository.ts';

export interface Push {
  imageManifest: string;
  imageManifestMediaType?: string | undefined;
  imageTag?: string | undefined;
  imageDigest?: string | undefined;
}

/** Takes an image in. A tag that another image had moves to this one; what was pushed before keeps its push time. */
export function pushImage(repository: Repository, push: Push, atMs: number, layersRequired = false): Image {
  const manifest = readManifest(push.imageManifest, push.imageManifestMediaType);
  const { imageTag } = push;
  if (layersRequired) checkLayers(repository, manifest);
  checkPush(repository, manifest, push);
  const image = repository.images.get(manifest.digest) ?? addImage(repository, manifest, atMs);
  if (image.status !== 'ACTIVE') Object.assign(image, { status: 'ACTIVE', statusChangedAtMs: atMs }); // A push restores it at once.
  if (imageTag === undefined) return image;
  const before = repository.tags.get(imageTag);
  if (before !== undefined) repository.images.get(before)?.tags.delete(imageTag);
  repository.tags.set(imageTag, manifest.digest);
  image.tags.add(imageTag);
  return image;
}

function addImage(repository: Repository, manifest: Manifest, pushedAtMs: number): Image {
  const image: Image = { manifest, pushedAtMs, status: 'ACTIVE', statusChangedAtMs: undefined, tags: new Set() };
  repository.images.set(manifest.digest, image);
  repository.order = undefined;
  return image;
}

/** What a manifest is made of was uploaded before. Layers that others may not pass on are fetched from elsewhere. */
function checkLayers({ name, registryId, layers }: Repository, { configDigest, layerDigests }: Manifest): void {
  const missing = [configDigest, ...layerDigests].filter((digest) => digest !== undefined && !layers.has(digest));
  if (missing.length > 0)
    throw new EcrError(
      'LayersNotFoundException',
      `Layers with digests '[${missing.join(', ')}]' required for pushing image into repository with name '${name}' in the registry with id '${registryId}' do not exist`,
    );
}

function checkPush(repository: Repository, manifest: Manifest, { imageTag, imageDigest }: Push): void {
  const where = `in the repository with name '${repository.name}' in registry with id '${repository.registryId}'`;
  if (imageDigest !== undefined && imageDigest !== manifest.digest)
    throw new EcrError(
      'ImageDigestDoesNotMatchException',
      `The digest '${imageDigest}' does not match the digest calculated from the manifest`,
    );
  const missing = manifest.children.filter(({ digest }) => !repository.images.has(digest)).map(({ digest }) => digest);
  if (missing.length > 0)
    throw new EcrError('ReferencedImagesNotFoundException', `The manifest list references images that do not exist: ${missing.join(', ')}`);
  const named = imageTag === undefined ? repository.images.has(manifest.digest) : repository.tags.get(imageTag) === manifest.digest;
  const archived = repository.images.get(manifest.digest)?.status === 'ARCHIVED';
  if (named && !archived) {
    const tag = imageTag === undefined ? '' : ` and tag '${imageTag}'`;
    throw new EcrError('ImageAlreadyExistsException', `Image with digest '${manifest.digest}'${tag} already exists ${where}`);
  }
  if (imageTag !== undefined && repository.tags.has(imageTag) && !isMutable(repository, imageTag))
    throw new EcrError(
      'ImageTagAlreadyExistsException',
      `The image tag '${imageTag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`,
    );
}
