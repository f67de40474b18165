import { envelope, parseEvent } from './envelope.ts';
import { filled, oneOf, optionalText, present, text } from './fields.ts';
import { object } from './parts.ts';
import type { ImagePush } from '../domain/image-push.ts';

const imageEvent = object({
  ...envelope,
  'detail-type': oneOf('ECR Image Action', 'ECR Replication Action'),
  detail: object({
    'action-type': text,
    result: text,
    'repository-name': filled,
    'image-digest': optionalText,
    'image-tag': optionalText,
    'manifest-media-type': optionalText,
    'artifact-media-type': optionalText,
  }),
});

/** Reads `ECR Image Action` and `ECR Replication Action`. Whether a service could run what was pushed is not decided here. */
export function parseImagePush(event: unknown): ImagePush {
  const { 'detail-type': type, account, region, time, detail } = parseEvent(imageEvent, event);
  return {
    repository: detail['repository-name'],
    origin: type === 'ECR Replication Action' ? 'replication' : 'push',
    action: detail['action-type'],
    result: detail.result,
    ...present({
      digest: detail['image-digest'],
      tag: detail['image-tag'],
      mediaType: detail['manifest-media-type'],
      artifactMediaType: detail['artifact-media-type'],
    }),
    account,
    region,
    time,
  };
}
