import { ranBefore } from './ran-before.ts';
import { beginBake } from './rollout.ts';
import { enter, type Transition } from './transition.ts';
import { deploymentId } from '../deployment-id.ts';
import { diagnosed } from '../diagnosed.ts';
import { takenOver } from '../one-way.ts';
import { withPassed } from '../passed-stops.ts';
import { targetRevision, type Deployment, type ServiceKey } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Images } from '../../domain/image.ts';
import { toInstant } from '../../domain/instant.ts';
import type { Reason } from '../../domain/reason.ts';
import { isCompleted, type ObservedService, type Rollout } from '../../domain/service.ts';

/** What somebody else made the service run. */
export interface ExternalRollout {
  rollout: Rollout;
  service: ObservedService;
  images: Images;
  reason: Reason;
  /** Whether the rollout is on record from another time that it was adopted. */
  again: boolean;
}

/** Adopts what the service runs and we did not start: followed and verified like ours. What was in flight ends. Failures stay: they may be its own. */
export function adoptExternal(head: Head, { rollout, service, images, reason, again }: ExternalRollout, now: Date): Transition {
  const previous = head.current?.taskDefinition;
  const adopted: Deployment = {
    id: again ? deploymentId(now, head.service, rollout.id, rollout.taskDefinition, head.version) : externalId(head.service, rollout),
    service: head.service,
    origin: 'external',
    images,
    state: 'deploying',
    reason,
    createdAt: rollout.createdAt,
    taskDefinition: rollout.taskDefinition,
    ...(previous === undefined ? {} : { previousTaskDefinition: previous }),
    ...ranBefore(head),
    rolloutId: rollout.id,
    startedAt: toInstant(now), // From now on it is watched: a rollout of long ago may be scaling, or be tried anew, at this moment.
    timeline: [],
    ...takenOver(head.current),
  };
  const entered = enter(adopted, 'deploying', reason, now);
  const baking = isCompleted(rollout, service) ? beginBake(entered, service, now) : undefined;
  const current = baking?.told[0] ?? entered;
  const change = { current, obstacle: null, trouble: null };
  const ended = endedOutside(head, rollout, now);
  if (reason.code === 'baseline') return { change, told: ended, quiet: [current] }; // Nothing happened: the service was enrolled.
  return { change, told: [...ended, entered, ...(baking?.told ?? [])] };
}

/** Somebody brought back what is in quarantine: on record as failed, and people are paged. */
export function failExternal(head: Head, transition: Transition, reason: Reason, now: Date): Transition {
  const adopted = transition.change.current;
  if (!adopted) return transition;
  const failed = enter(diagnosed(head, adopted), 'failed', reason, now);
  return { change: { ...transition.change, current: failed }, told: [...transition.told.filter(({ id }) => id !== failed.id), failed] };
}

/** Takes up a deployment of our record that the service runs still, because what was to replace it never did. A failed one stays failed. */
export function takeUp(head: Head, known: Deployment, rollout: Rollout, now: Date): Transition {
  const ended = endedOutside(head, rollout, now);
  const rest = { obstacle: null, trouble: null };
  if (known.state === 'failed') return { change: { ...rest, current: known }, told: ended };
  const { bakeStartedAt: _, ...before } = known;
  const reason: Reason = { code: 'started', text: 'the service runs it still: what was to replace it never reached ECS' };
  const taken = enter({ ...before, startedAt: toInstant(now) }, 'deploying', reason, now);
  return { change: { ...rest, current: taken }, told: [...ended, taken] };
}

/** Whether a deployment on record is taken up again where the service is found to run its rollout. */
export function mayBeTakenUp(known: Deployment, rollout: Rollout): boolean {
  return known.rolloutId === rollout.id && ['superseded', 'cancelled', 'failed'].includes(known.state);
}

/** Id of the record of a rollout that somebody else began: the same rollout has the same one. */
export function externalId(service: ServiceKey, { createdAt, id, taskDefinition }: Rollout): string {
  return deploymentId(new Date(createdAt), service, id, taskDefinition);
}

/** The verified deployment that a rollout runs: by the revision that brings it back, or since ECS took up its very rollout, whose tags are resolved. */
export function verifiedRunning(head: Head, { id, taskDefinition }: Rollout): Deployment | undefined {
  return head.verified.find(
    (one) => targetRevision(one) === taskDefinition || (one.rolloutId === id && one.taskDefinition === taskDefinition),
  );
}

function endedOutside(head: Head, rollout: Rollout, now: Date): Deployment[] {
  const { current } = head;
  if (current === undefined) return [];
  const reason: Reason = { code: 'replaced-outside', text: `somebody else deployed ${rollout.taskDefinition}` };
  if (current.state === 'deploying' || current.state === 'baking') return [enter(withPassed(head, current), 'superseded', reason, now)];
  if (current.state === 'rolling-back') return [enter(diagnosed(head, current), 'rolled-back', reason, now)];
  return []; // A live one is replaced when the newer is live; a failed one is closed.
}
