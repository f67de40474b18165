import type { Capacity, ScalableTarget } from '../../../lib/domain/sleep.ts';
import type { EcsModel } from '../../../sandbox/model/ecs/model.ts';
import type { ScalableTargets } from '../../../sandbox/model/auto-scaling/targets.ts';
import { partsOf } from '../place.ts';

/** What is scaled, as it truly is. */
export interface Scaled {
  ecs: EcsModel;
  targets: ScalableTargets;
}

/** The name that Application Auto Scaling has for a service. */
export function resourceOf(service: string): string {
  return `service/${service}`;
}

/** What a service truly has at this moment: its desired count, and its bounds where it scales by itself. */
export function capacityOf({ ecs, targets }: Scaled, service: string): Capacity {
  const { cluster, name } = partsOf(service);
  const desired = ecs.service(cluster, name).desiredCount;
  const target = boundsOf(targets, service);
  return target === undefined ? { desired } : { desired, target };
}

/** The scalable target of a service in our words; undefined where there is none. */
export function boundsOf(targets: ScalableTargets, service: string): ScalableTarget | undefined {
  const found = targets.all().find(({ resourceId }) => resourceId === resourceOf(service));
  if (found === undefined) return undefined;
  const { min, max, suspended } = found;
  return {
    min,
    max,
    suspended: {
      in: suspended.DynamicScalingInSuspended,
      out: suspended.DynamicScalingOutSuspended,
      scheduled: suspended.ScheduledScalingSuspended,
    },
  };
}
