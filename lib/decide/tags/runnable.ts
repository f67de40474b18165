import { companionTag, foreignMediaType } from './never-counts.ts';
import type { ImagePush } from '../../domain/image-push.ts';

export type Runnable = { runnable: true } | { runnable: false; why: string };

const wanted = { push: 'PUSH', replication: 'REPLICATE' } as const;

/** Whether what was pushed could be a service's next image at all, before any policy is asked. `why` follows on "skipped: ". */
export function runnable(push: ImagePush): Runnable {
  const why = barrier(push);
  return why === undefined ? { runnable: true } : { runnable: false, why };
}

function barrier(push: ImagePush): string | undefined {
  if (push.action !== wanted[push.origin]) return `the event tells of ${push.action}, not of ${wanted[push.origin]}`;
  if (push.result !== 'SUCCESS') return `the result was ${push.result || 'empty'}, not SUCCESS`;
  if (push.tag === undefined) return 'it has no tag: a platform of an index, an attestation, or pushed by digest alone';
  return companionTag(push.tag) ?? foreignMediaType(push);
}
