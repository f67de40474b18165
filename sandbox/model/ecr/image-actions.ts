import type { Image, Repository } from './repository.ts';

/** An event as the registry puts it on the default bus. */
export interface EmittedEvent {
  source: string;
  'detail-type': string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** `ECR Image Action` PUSH. An untagged push carries an empty tag, an index no artifact media type. */
export function pushed({ name }: Repository, { manifest }: Image, tag: string | undefined): EmittedEvent {
  return imageAction({
    'action-type': 'PUSH',
    'image-digest': manifest.digest,
    'repository-name': name,
    result: 'SUCCESS',
    'image-tag': tag ?? '',
    ...mediaTypes({ manifest }),
  });
}

/** `ECR Image Action` DELETE, with the tag where the image was deleted by it. */
export function deleted({ name }: Repository, { manifest }: Image, tag: string | undefined): EmittedEvent {
  return imageAction({
    'action-type': 'DELETE',
    'image-digest': manifest.digest,
    'repository-name': name,
    result: 'SUCCESS',
    ...(tag === undefined ? {} : { 'image-tag': tag }),
    ...mediaTypes({ manifest }),
  });
}

/** `ECR Image Action` UPDATE_STORAGE_CLASS: an image was archived, or can be pulled again. */
export function moved(
  { name }: Repository,
  { manifest, tags, statusChangedAtMs = 0 }: Image,
  target: 'ARCHIVE' | 'STANDARD',
): EmittedEvent {
  const [tag = ''] = tags;
  return imageAction({
    'action-type': 'UPDATE_STORAGE_CLASS',
    'target-storage-class': target,
    'image-digest': manifest.digest,
    'repository-name': name,
    result: 'SUCCESS',
    'image-tag': tag,
    ...(target === 'STANDARD' ? { 'last-activated-at': new Date(statusChangedAtMs).toISOString() } : {}),
    ...mediaTypes({ manifest }),
  });
}

/** `ECR Replication Action`, as the destination region emits it. */
export function replicated(
  repository: Repository,
  { manifest }: Image,
  tag: string,
  from: { account: string; region: string },
): EmittedEvent {
  const detail = {
    result: 'SUCCESS',
    'repository-name': repository.name,
    'image-digest': manifest.digest,
    'source-account': from.account,
    'action-type': 'REPLICATE',
    'source-region': from.region,
    'image-tag': tag,
  };
  return { source: 'aws.ecr', 'detail-type': 'ECR Replication Action', resources: [repository.arn], detail };
}

/** A rule of the pull-through cache. */
export interface Upstream {
  prefix: string;
  url: string;
}

/** `ECR Pull Through Cache Action`, when the cache has taken an image in. */
export function cached(repository: Repository, { manifest }: Image, tag: string, { prefix, url }: Upstream): EmittedEvent {
  const detail = {
    'rule-version': '1',
    'sync-status': 'SUCCESS',
    'ecr-repository-prefix': prefix,
    'repository-name': repository.name,
    'upstream-registry-url': url,
    'image-tag': tag,
    'image-digest': manifest.digest,
  };
  return { source: 'aws.ecr', 'detail-type': 'ECR Pull Through Cache Action', resources: [repository.arn], detail };
}

function imageAction(detail: Record<string, unknown>): EmittedEvent {
  return { source: 'aws.ecr', 'detail-type': 'ECR Image Action', resources: [], detail };
}

function mediaTypes({ manifest }: Pick<Image, 'manifest'>): Record<string, string> {
  const { mediaType, artifactMediaType } = manifest;
  return { 'manifest-media-type': mediaType, ...(artifactMediaType === undefined ? {} : { 'artifact-media-type': artifactMediaType }) };
}
