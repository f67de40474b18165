import type { Warning } from './warning.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { RolloutChange } from '../domain/rollout-change.ts';
import { primaryRollout, type ObservedService } from '../domain/service.ts';

const noRoom =
  'Check the size of the cluster or its capacity providers, whether Fargate has capacity in these zones, and for free addresses in the subnets';

/** What ECS means by an action that says that tasks cannot start, and what to check. */
// prettier-ignore
const meanings: Readonly<Record<string, readonly [happened: string, check: string]>> = {
  SERVICE_TASK_PLACEMENT_FAILURE: ['ECS finds no place for its tasks', noRoom],
  SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED: ['no container instance satisfies the constraints of its tasks', 'Check its placement constraints and the attributes of the container instances'],
  SERVICE_TASK_CONFIGURATION_FAILURE: ['the settings of its tasks do not let them start', 'Check its network configuration, its roles and what its task definition asks for'],
  SERVICE_TASK_START_IMPAIRED: ['ECS cannot start its tasks consistently, and tries less and less often', 'Read the stopped reasons of its tasks'],
  ECS_OPERATION_THROTTLED: ['ECS is throttled by another service of AWS as it starts its tasks', 'Check the limits of the account: load balancers, network interfaces, Fargate launches'],
};

/** The actions that stand for a lack of room: capacity is nobody's fault, and never counts against an image. */
const capacity: ReadonlySet<string> = new Set(['SERVICE_TASK_PLACEMENT_FAILURE', 'SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED']);

/**
 * What people are to be warned of, since ECS says that tasks of a service cannot start. Undefined where ECS's own state does not bear it out: all
 * its tasks run. It condemns nothing: that follows from tasks that stop, from the rollout's state and from its time-out.
 */
export function cannotStart(
  { about, eventName, reason }: Pick<RolloutChange, 'about' | 'eventName' | 'reason'>,
  { state }: Deployment,
  service: ObservedService,
): Warning | undefined {
  const [happened, check] = meanings[eventName] ?? [];
  const primary = primaryRollout(service);
  if (about !== 'service' || happened === undefined || check === undefined || primary === undefined) return undefined;
  if (primary.runningCount >= service.desiredCount) return undefined;
  const missing = `${primary.runningCount} of ${service.desiredCount} tasks run`;
  const words = reason === undefined ? eventName : `${eventName}, ${reason}`;
  return {
    key: `${state === 'rolling-back' ? 'way back: ' : ''}${eventName}`, // The way back has a rollout of its own, of which it is news.
    reason: { code: capacity.has(eventName) ? 'no-capacity' : 'cannot-start', text: `${happened} (${words}): ${missing}` },
    check,
  };
}

/** Whether ECS said of a deployment that it finds no room for its tasks. */
export function lacksCapacity({ warned = [] }: Deployment): boolean {
  return warned.some((key) => capacity.has(key));
}
