import { pass, type Gate } from './gate.ts';
import { notYetSeen, recordedAt } from '../not-yet-seen.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import { isPast, plusMs, toInstant } from '../../domain/instant.ts';
import { primaryRollout, type ObservedService, type Rollout } from '../../domain/service.ts';

/** At most one UpdateService per service in this time, rollbacks excepted. */
export const paceMs = 60_000;

/** Whether it is this candidate's turn: nobody acts, no rollback is on its way to ECS, what runs is on record, the last update is a minute old. */
export const turnGate: Gate = ({ head, service }, _policy, now) => {
  const { acting, current, updatedServiceAt } = head;
  if (acting !== undefined)
    return { answer: 'wait', until: acting.until, reason: { code: 'busy', text: 'the service is being changed at this moment' } };
  const goesBack = current?.state === 'rolling-back' ? current.rollback : undefined;
  if (goesBack !== undefined && (service && primaryRollout(service))?.taskDefinition !== goesBack.taskDefinition) {
    return { answer: 'wait', until: plusMs(now, paceMs), reason: { code: 'rollback-under-way', text: 'the service is on its way back' } };
  }
  if (current?.state === 'deploying' && current.rolloutId === undefined) {
    return { answer: 'wait', until: plusMs(now, paceMs), reason: { code: 'busy', text: 'the deployment before it is being started' } };
  }
  const primary = service && primaryRollout(service);
  if (primary !== undefined && !isKnown(primary, current)) {
    return { answer: 'wait', until: toInstant(now), reason: { code: 'busy', text: 'the service runs what is not on record yet' } };
  }
  const free = updatedServiceAt === undefined ? undefined : plusMs(updatedServiceAt, paceMs);
  if (free === undefined || isPast(free, now)) return pass;
  return { answer: 'wait', until: free, reason: { code: 'too-soon', text: 'a service is updated at most once a minute' } };
};

/** Whether what the service runs is what the record says: nothing is being started, and nobody deployed over it unseen. A young record stands against ECS. */
export function isOnRecord({ current }: Head, service: ObservedService, now: Date): boolean {
  if (current?.state === 'deploying' && current.rolloutId === undefined) return false;
  const primary = primaryRollout(service);
  if (current === undefined || primary === undefined || isKnown(primary, current)) return true;
  return notYetSeen(service, current.rolloutId, recordedAt(current), now);
}

// What somebody else deployed, or ECS went back to, is adopted first: whether the candidate is older is measured against what runs.
function isKnown({ id, taskDefinition }: Rollout, current: Deployment | undefined): boolean {
  if (current === undefined) return false; // An act that was given up left nothing on record of what runs.
  const { rolloutId, rollback } = current;
  return rolloutId === undefined || id === rolloutId || taskDefinition === rollback?.taskDefinition;
}
