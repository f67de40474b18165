import type { Deployment } from '../domain/deployment.ts';
import { msBetween, type Instant } from '../domain/instant.ts';
import { primaryRollout, type ObservedService } from '../domain/service.ts';

/** Reads of ECS are eventually consistent: one that contradicts a younger record is taken as not yet seen (design, rule 1). */
export const notYetSeenMs = 60_000;

/**
 * Whether an answer of ECS is from before a record: younger than 60 s, and the answer lacks its rollout, or its PRIMARY has not moved since. A PRIMARY
 * that was begun after the record, or after its rollout, is none of before it: a rollout that never came to run a task is gone from the list as soon as
 * another takes its place, and what the record says of it may be from an answer that was late itself.
 */
export function notYetSeen(service: ObservedService, rolloutId: string | undefined, since: Instant, now: Date): boolean {
  if (rolloutId === undefined || !isYoung(since, now)) return false;
  const { createdAt = '', updatedAt = '' } = primaryRollout(service) ?? {};
  const ours = service.rollouts.find(({ id }) => id === rolloutId);
  return ours === undefined ? createdAt <= since : createdAt <= ours.createdAt && updatedAt < since;
}

/** Whether a record is so young that ECS may still answer from before it. */
export function isYoung(since: Instant, now: Date): boolean {
  return msBetween(since, now) < notYetSeenMs;
}

/** When what a deployment's record says of its rollout was last decided. An incident that was noted says nothing of it. */
export function recordedAt({ createdAt, startedAt = '', timeline }: Deployment): Instant {
  const last = timeline.findLast(({ reason }) => reason.code !== 'incident');
  return [createdAt, startedAt, last?.at ?? ''].toSorted().at(-1) ?? createdAt;
}
