import type { Transition } from './transition.ts';
import type { Head } from '../../domain/head.ts';
import type { Digest, RepositoryName } from '../../domain/image.ts';
import { toInstant } from '../../domain/instant.ts';

/** What waited for something that has come is due now: the tick asks its gates anew. */
export function hurryWaiting(head: Head, repository: RepositoryName, digests: Digest[], now: Date): Transition {
  const places = (head.waiting[repository] ?? []).map((one) =>
    digests.includes(one.candidate.digest) ? { ...one, until: toInstant(now) } : one,
  );
  return { change: { waiting: { ...head.waiting, [repository]: places } }, told: [] };
}
