import type { Deployment } from '../../domain/deployment.ts';
import { revisionName, type StoppedTask } from '../../domain/failure.ts';

type Started = Pick<StoppedTask, 'taskDefinition'> & { startedBy?: string | undefined };

/** Whether a task of the same revision belongs to another rollout. A revision that somebody else made may name a tag: what its other tasks ran says nothing of these. */
export function isOfOtherRollout({ startedBy, taskDefinition }: Started, current: Deployment): boolean {
  if (current.origin !== 'external' || startedBy === undefined || current.rolloutId === undefined) return false;
  return revisionName(taskDefinition) === revisionName(current.taskDefinition ?? '') && startedBy !== current.rolloutId;
}
