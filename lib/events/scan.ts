import { envelope, parseEvent } from './envelope.ts';
import { filled, oneOf, textLike } from './fields.ts';
import { first, object } from './parts.ts';
import type { ScanTold } from '../domain/scan-told.ts';

const scanned = object({
  ...envelope,
  'detail-type': oneOf('ECR Image Scan', 'Inspector2 Scan'),
  detail: object({ 'repository-name': filled, 'image-digest': filled }),
});

const imageArn = /^arn:[\w-]+:ecr:[\w-]+:\d+:repository\/(.+)\/(sha256:[0-9a-f]+)$/;

const found = object({
  ...envelope,
  'detail-type': oneOf('Inspector2 Finding'),
  detail: object({ resources: first(object({ id: textLike(imageArn, 'the ARN of an image') })) }),
});

/** Reads what tells of scans: basic ones name the repository plainly, those of Inspector by its ARN. Findings of Inspector name the image. */
export function parseScan(event: unknown): ScanTold {
  return isFinding(event) ? ofFinding(event) : ofScan(event);
}

function ofScan(event: unknown): ScanTold {
  const { account, region, detail } = parseEvent(scanned, event);
  const repository = detail['repository-name'].replace(/^arn:.*?:repository\//, '');
  return { repository, account, region, digest: detail['image-digest'], about: 'scan' };
}

function ofFinding(event: unknown): ScanTold {
  const { account, region, detail } = parseEvent(found, event);
  const [, repository = '', digest = ''] = imageArn.exec(detail.resources.id) ?? [];
  return { repository, account, region, digest, about: 'finding' };
}

function isFinding(event: unknown): boolean {
  return (event as { 'detail-type'?: unknown } | null)?.['detail-type'] === 'Inspector2 Finding';
}
