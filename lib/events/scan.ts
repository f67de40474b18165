import * as z from 'zod/mini';
import { envelope, parseEvent } from './envelope.ts';
import type { ScanTold } from '../domain/scan-told.ts';

const filled = z.string().check(z.minLength(1));

const scanned = z.extend(envelope, {
  'detail-type': z.enum(['ECR Image Scan', 'Inspector2 Scan']),
  detail: z.object({ 'repository-name': filled, 'image-digest': filled }),
});

const imageArn = /^arn:[\w-]+:ecr:[\w-]+:\d+:repository\/(.+)\/(sha256:[0-9a-f]+)$/;

const found = z.extend(envelope, {
  'detail-type': z.literal('Inspector2 Finding'),
  detail: z.object({ resources: z.tuple([z.object({ id: z.string().check(z.regex(imageArn, 'expected the ARN of an image')) })], z.unknown()) }),
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
  const [, repository = '', digest = ''] = imageArn.exec(detail.resources[0].id) ?? [];
  return { repository, account, region, digest, about: 'finding' };
}

function isFinding(event: unknown): boolean {
  return (event as { 'detail-type'?: unknown } | null)?.['detail-type'] === 'Inspector2 Finding';
}
