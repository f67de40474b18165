import type { Suspended } from '../../../lib/domain/sleep.ts';
import type { SuspendedState } from '../../../sandbox/model/auto-scaling/targets.ts';

/** Switches in AWS's words. */
export function suspendedState({ in: inward, out, scheduled }: Suspended): SuspendedState {
  return { DynamicScalingInSuspended: inward, DynamicScalingOutSuspended: out, ScheduledScalingSuspended: scheduled };
}
