import type * as sdk from '@aws-sdk/client-ecr';
import { findImage, imageNotFound, isFailure } from '../model/ecr/image-id.ts';
import type { ImageFailure, ImageId } from '../model/ecr/image-id.ts';
import type { EcrModel } from '../model/ecr/model.ts';
import { inListingOrder } from '../model/ecr/repository.ts';
import type { Image, Repository } from '../model/ecr/repository.ts';
import type { Operation } from '../service.ts';
import { checkMost, ecrPage, invalidParameter } from './paging.ts';

export function imageOperations(model: EcrModel) {
  return {
    PutImage: (input: sdk.PutImageCommandInput) => {
      const image = model.putImage(input.repositoryName ?? '', { ...input, imageManifest: input.imageManifest ?? '' });
      return { image: whole(model.repository(input.repositoryName ?? ''), image, input.imageTag) };
    },
    DescribeImages: (input: sdk.DescribeImagesCommandInput) => describe(model.repository(input.repositoryName ?? ''), input),
    ListImages: (input: sdk.ListImagesCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      const images = inListingOrder(repository).filter((image) => passes(image, input.filter));
      const { items, nextToken } = ecrPage(images.flatMap(idsOf), input);
      return { imageIds: items, nextToken };
    },
    BatchGetImage: (input: sdk.BatchGetImageCommandInput) => {
      checkMost('imageIds', input.imageIds);
      const repository = model.repository(input.repositoryName ?? '');
      const found = (input.imageIds ?? []).map((id) => ({ id, image: pullable(findImage(repository, id), id) }));
      return {
        images: found.flatMap(({ id, image }) => (isFailure(image) ? [] : [whole(repository, image, id.imageTag)])),
        failures: found.flatMap(({ image }) => (isFailure(image) ? [image] : [])),
      };
    },
    UpdateImageStorageClass: (input: sdk.UpdateImageStorageClassCommandInput) => {
      const { repositoryName = '', imageId = {}, targetStorageClass = 'STANDARD' } = input;
      const { manifest, status } = model.moveImage(repositoryName, imageId, targetStorageClass);
      const { registryId } = model.repository(repositoryName);
      return { registryId, repositoryName, imageId: { ...imageId, imageDigest: manifest.digest }, imageStatus: status };
    },
    BatchDeleteImage: (input: sdk.BatchDeleteImageCommandInput) => {
      checkMost('imageIds', input.imageIds);
      const results = (input.imageIds ?? []).map((id) => ({ id, result: model.deleteImage(input.repositoryName ?? '', id) }));
      return {
        imageIds: results.flatMap(({ id, result }) => (isFailure(result) ? [] : [{ ...id, imageDigest: result.manifest.digest }])),
        failures: results.flatMap(({ result }): ImageFailure[] => (isFailure(result) ? [result] : [])),
      };
    },
  } satisfies Record<string, Operation>;
}

/** What cannot be pulled is not found, though listings that ask for it tell of it. */
function pullable(found: Image | ImageFailure, imageId: ImageId): Image | ImageFailure {
  if (isFailure(found) || found.status === 'ACTIVE') return found;
  return { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' };
}

function describe(repository: Repository, input: sdk.DescribeImagesCommandInput): sdk.DescribeImagesResponse {
  checkMost('imageIds', input.imageIds);
  if (input.imageIds === undefined) {
    const { items, nextToken } = ecrPage(
      inListingOrder(repository).filter((image) => passes(image, input.filter)),
      input,
    );
    return { imageDetails: items.map((image) => detail(repository, image)), nextToken };
  }
  if (input.maxResults !== undefined || input.nextToken !== undefined)
    throw invalidParameter('imageIds', 'imageIds cannot be used together with maxResults or nextToken');
  const images = new Set(input.imageIds.map((id) => described(repository, id, input.filter)));
  return { imageDetails: [...images].map((image) => detail(repository, image)) };
}

/** One that is missing, or that the filter does not let through, fails the whole call. */
function described(repository: Repository, id: ImageId, filter: sdk.DescribeImagesFilter | undefined): Image {
  const image = findImage(repository, id);
  if (isFailure(image)) {
    if (image.failureCode === 'ImageNotFound' || image.failureCode === 'ImageTagDoesNotMatchDigest') throw imageNotFound(repository, id);
    throw invalidParameter('imageIds', image.failureReason);
  }
  if (!passes(image, filter)) throw imageNotFound(repository, id);
  return image;
}

/** Without a filter only active images are seen. */
function passes({ tags, status }: Image, filter: sdk.DescribeImagesFilter | undefined): boolean {
  const { tagStatus = 'ANY', imageStatus = 'ACTIVE' } = filter ?? {};
  if (imageStatus !== 'ANY' && imageStatus !== status) return false;
  return tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tags.size > 0;
}

function detail(repository: Repository, { manifest, tags, pushedAtMs, status, statusChangedAtMs }: Image): sdk.ImageDetail {
  return {
    registryId: repository.registryId,
    repositoryName: repository.name,
    imageDigest: manifest.digest,
    ...(tags.size === 0 ? {} : { imageTags: [...tags] }),
    imageSizeInBytes: manifest.sizeInBytes + sizeOfLargestChild(repository, manifest.children),
    imagePushedAt: new Date(pushedAtMs),
    imageManifestMediaType: manifest.mediaType,
    ...(manifest.artifactMediaType === undefined ? {} : { artifactMediaType: manifest.artifactMediaType }),
    ...(manifest.subjectDigest === undefined ? {} : { subjectManifestDigest: manifest.subjectDigest }),
    imageStatus: status,
    ...(status === 'ARCHIVED' && statusChangedAtMs !== undefined ? { lastArchivedAt: new Date(statusChangedAtMs) } : {}),
  };
}

/** An index counts as large as the largest of its manifests. */
function sizeOfLargestChild({ images }: Repository, children: readonly { digest: string }[]): number {
  return Math.max(0, ...children.map(({ digest }) => images.get(digest)?.manifest.sizeInBytes ?? 0));
}

function idsOf({ manifest, tags }: Image): sdk.ImageIdentifier[] {
  const imageDigest = manifest.digest;
  return tags.size === 0 ? [{ imageDigest }] : [...tags].map((imageTag) => ({ imageDigest, imageTag }));
}

function whole(repository: Repository, { manifest }: Image, imageTag: string | undefined): sdk.Image {
  return {
    registryId: repository.registryId,
    repositoryName: repository.name,
    imageId: { imageDigest: manifest.digest, ...(imageTag === undefined ? {} : { imageTag }) },
    imageManifest: manifest.text,
    imageManifestMediaType: manifest.mediaType,
  };
}
