import type { Deployment } from '../../domain/deployment.ts';
import type { StoppedTask } from '../../domain/failure.ts';

/** Whether a task of the same revision belongs to another rollout. A revision that somebody else made may name a tag: what its other tasks ran says nothing of these. */
export function isOfOtherRollout({ startedBy, taskDefinition }: StoppedTask, { origin, rolloutId, ...current }: Deployment): boolean {
  if (origin !== 'external' || startedBy === undefined || rolloutId === undefined) return false;
  return taskDefinition === current.taskDefinition && startedBy !== rolloutId;
}
