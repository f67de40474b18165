import type { Capacity, ScalableTarget } from './targets.ts';

/** What a target-tracking policy says, as far as it is acted on. */
export interface TrackingRule {
  /** What each running task is to carry, in the unit of the load. */
  targetValue: number;
  disableScaleIn: boolean;
}

/**
 * The capacity that a load asks for: as many tasks as carry the target value each, within the bounds. Undefined where nothing is to change.
 * Without a running task there is no metric, so nothing leaves 0; while a deployment runs there is no scale-in.
 */
export function trackedCapacity(
  rule: TrackingRule,
  load: number,
  target: ScalableTarget,
  now: NonNullable<ReturnType<Capacity['read']>>,
): number | undefined {
  if (now.running === 0) return undefined;
  const asked = Math.min(Math.max(Math.ceil(load / rule.targetValue), target.min), target.max);
  const from = now.desired;
  if (asked > from) return target.suspended.DynamicScalingOutSuspended ? undefined : asked;
  const mayShrink =
    asked < from && from > target.min && !rule.disableScaleIn && !target.suspended.DynamicScalingInSuspended && !now.isDeploying;
  return mayShrink ? asked : undefined;
}
