import * as z from 'zod/mini';
import { envelope, parseEvent } from './envelope.ts';
import { optionalText, present } from './fields.ts';
import type { ImagePush } from '../domain/image-push.ts';

const imageEvent = z.extend(envelope, {
  'detail-type': z.enum(['ECR Image Action', 'ECR Replication Action']),
  detail: z.object({
    'action-type': z.string(),
    result: z.string(),
    'repository-name': z.string().check(z.minLength(1)),
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
