import { EcrError } from './errors.ts';
import type { Image, Repository } from './repository.ts';

/** How an image is asked for: by digest, by tag, or by both. */
export interface ImageId {
  imageDigest?: string | undefined;
  imageTag?: string | undefined;
}

export type FailureCode =
  'InvalidImageDigest' | 'ImageTagDoesNotMatchDigest' | 'ImageNotFound' | 'MissingDigestAndTag' | 'ImageReferencedByManifestList';

export interface ImageFailure {
  imageId: ImageId;
  failureCode: FailureCode;
  failureReason: string;
}

/** The image of that id, or why there is none. */
export function findImage(repository: Repository, imageId: ImageId): Image | ImageFailure {
  const { imageDigest, imageTag } = imageId;
  const fail = (failureCode: FailureCode, failureReason: string): ImageFailure => ({ imageId, failureCode, failureReason });
  if (imageDigest === undefined && imageTag === undefined)
    return fail('MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null');
  if (imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(imageDigest))
    return fail('InvalidImageDigest', "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
  const tagged = imageTag === undefined ? undefined : repository.tags.get(imageTag);
  const image = repository.images.get(imageDigest ?? tagged ?? '');
  if (image === undefined || (imageTag !== undefined && tagged === undefined)) return fail('ImageNotFound', 'Requested image not found');
  if (tagged !== undefined && tagged !== image.manifest.digest)
    return fail('ImageTagDoesNotMatchDigest', `The image tag '${imageTag}' does not match the digest`);
  return image;
}

export function isFailure(found: Image | ImageFailure): found is ImageFailure {
  return 'failureCode' in found;
}

export function imageNotFound(repository: Repository, { imageDigest, imageTag }: ImageId): EcrError {
  const id = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
  const where = `the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`;
  return new EcrError('ImageNotFoundException', `The image with imageId ${id} does not exist within ${where}`);
}
