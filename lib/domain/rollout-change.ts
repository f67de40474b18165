import type { ServiceKey } from './deployment.ts';
import type { Instant } from './instant.ts';

/** ECS told something about a service's rollout, or that a service cannot go on. It only says: look. */
export interface RolloutChange {
  /** Undefined where the event names no cluster (an ARN of the old form); `unknownBecause` then says so. */
  service: ServiceKey | undefined;
  unknownBecause?: string;
  /** Whether it is about a rollout, or about the service in general. ECS uses some event names for both. */
  about: 'rollout' | 'service';
  /** In AWS's word: SERVICE_DEPLOYMENT_COMPLETED, SERVICE_TASK_PLACEMENT_FAILURE … */
  eventName: string;
  /** INFO, WARN or ERROR. */
  eventType: string;
  /** ECS's id of the rollout (`ecs-svc/…`). A rollback may use an id a second time. */
  rolloutId?: string;
  /** ECS's own words. */
  reason?: string;
  at: Instant;
}
