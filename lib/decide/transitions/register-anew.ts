import { lostNotes } from '../lost-notes.ts';
import type { Transition } from './transition.ts';
import { targetRevision, type Deployment } from '../../domain/deployment.ts';
import { revisionName } from '../../domain/failure.ts';
import type { Head } from '../../domain/head.ts';
import { toInstant } from '../../domain/instant.ts';

/** ECS refused the way back, since the revision is INACTIVE: whoever may register goes on with it at once. */
export function leaveToRegister(condemned: Deployment): Transition {
  if (condemned.rollback === undefined) return { change: { acting: null }, told: [] };
  const left: Deployment = { ...condemned, rollback: { ...condemned.rollback, anew: true } };
  return { change: { current: left, acting: null }, told: [], quiet: [left] };
}

/** The copy is what the way back leads to from now on, and what the verified deployment is gone back to whenever it is a target. */
export function registeredAnew({ verified }: Head, condemned: Deployment, copy: string, lost: string[] = []): Transition {
  if (condemned.rollback === undefined) return { change: { acting: null }, told: [] };
  const { anew: _, ...rollback } = condemned.rollback;
  const note = `${revisionName(rollback.taskDefinition)} is INACTIVE: its copy ${revisionName(copy)} was registered, and is gone back to`;
  const notes = [...(condemned.notes ?? []), note, ...lostNotes(lost)];
  const going: Deployment = { ...condemned, rollback: { ...rollback, taskDefinition: copy }, notes };
  const repinned = verified.map((one) => (one.id === rollback.to ? { ...one, pinnedTaskDefinition: copy } : one));
  const target = repinned.filter(({ id }) => id === rollback.to);
  return { change: { current: going, verified: repinned, acting: null }, told: [], quiet: [going, ...target] };
}

/** The target could not be registered anew: another one is gone back to. */
export function retarget(condemned: Deployment, target: Deployment, why: string, now: Date): Transition {
  const { to, actor } = condemned.rollback ?? {};
  const note = `deployment ${to} is not gone back to: its revision is INACTIVE and could not be registered anew (${why})`;
  const going: Deployment = {
    ...condemned,
    rollback: {
      to: target.id,
      taskDefinition: targetRevision(target) ?? '',
      startedAt: toInstant(now),
      ...(actor === undefined ? {} : { actor }),
    },
    notes: [...(condemned.notes ?? []), note],
  };
  return { change: { current: going, acting: null }, told: [], quiet: [going] };
}
