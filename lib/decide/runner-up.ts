import { newerThan } from './measure.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import { tagsOf, type ServicePolicy } from '../domain/policy.ts';
import type { ReasonCode } from '../domain/reason.ts';

/** Rejections that would meet every other image just the same. */
const ofTheService: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'service-missing',
  'service-inactive',
  'unsupported-kind',
  'no-container',
  'watch-only',
  'let-go',
  'older-than-seen',
]);

/** Whether the head keeps this newest candidate out for a cause that the next one need not share: then that one is asked. */
export function isKeptOut({ seen, barred, current }: Head, { repository, digest }: Candidate): boolean {
  const decided = seen[repository];
  if (decided?.digest !== digest || current?.state === 'rolling-back') return false; // On its way back, nothing new is begun for it.
  return digest in barred || (decided.outcome === 'rejected' && !ofTheService.has(decided.reason.code));
}

/**
 * Whether a candidate may come through in the place of newer ones that were kept out: it is new for the service (design, rule 2). That it is not where
 * it was there already when the service was enrolled, or when somebody else chose what runs; nor where it is no newer than what runs, or had its turn.
 */
export function isRunnerUp(candidate: Candidate, head: Head, history: Deployment[], policy: ServicePolicy): boolean {
  const { repository, digest, pushedAt } = candidate;
  const tags = tagsOf(policy, repository);
  const chosenAt = head.current?.origin === 'external' ? head.current.createdAt : '';
  if (tags === undefined || tags.kind === 'tag' || pushedAt <= head.enrolledAt || pushedAt <= chosenAt) return false;
  if (newerThan(candidate, head, tags) !== undefined) return false;
  return !history.some((deployment) => deployment.images[repository]?.digest === digest && hadItsTurn(deployment));
}

// What was rejected is asked by the gates once more, and what gave way to a newer image was never judged.
function hadItsTurn({ state, reason }: Deployment): boolean {
  return state !== 'rejected' && !(state === 'superseded' && reason.code === 'newer-candidate');
}
