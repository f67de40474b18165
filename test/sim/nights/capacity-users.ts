import type { ScalableTarget } from '../../../lib/domain/sleep.ts';
import { ecsCapacity } from '../../../sandbox/model/auto-scaling/ecs-capacity.ts';
import { trackedCapacity } from '../../../sandbox/model/auto-scaling/target-tracking.ts';
import type { Bounds, ScalableTargets } from '../../../sandbox/model/auto-scaling/targets.ts';
import type { EcsModel } from '../../../sandbox/model/ecs/model.ts';
import { nowMs, type Surroundings } from '../surroundings.ts';
import { resourceOf } from './capacity.ts';
import type { Nights } from './nights.ts';
import type { CapacityAction } from './capacity-action.ts';
import { suspendedState } from './suspended-state.ts';

/** Others who change what services have, and AWS where it scales by itself: they never ask the product. */
export class CapacityUsers {
  readonly #surroundings: Surroundings;
  readonly #ecs: EcsModel;
  readonly #targets: ScalableTargets;

  constructor(surroundings: Surroundings, { ecs, targets }: { ecs: EcsModel; targets: ScalableTargets }) {
    this.#surroundings = surroundings;
    this.#ecs = ecs;
    this.#targets = targets;
  }

  /** Gives the services the bounds with which a world begins. */
  settle({ bounds }: Nights): void {
    for (const [service, target] of bounds) this.#begin(service, target);
  }

  /** Does it now; what AWS would not do is not done. */
  act(action: CapacityAction): void {
    this.#surroundings.trace.note(() => `USER ${JSON.stringify(action)}`);
    const resourceId = resourceOf(action.service);
    const known = this.#targets.all().find((one) => one.resourceId === resourceId);
    if (action.do === 'register') {
      if (known === undefined) this.#begin(action.service, { ...action, suspended: { in: false, out: false, scheduled: false } });
      return;
    }
    if (known === undefined) return;
    switch (action.do) {
      case 'bounds': {
        const { min, max, suspendOut } = action;
        const suspended = suspendOut === undefined ? undefined : { ...known.suspended, DynamicScalingOutSuspended: suspendOut };
        return this.#set(resourceId, { min, max, suspended });
      }
      case 'scheduled scaling': // What is suspended is not made up for.
        return known.suspended.ScheduledScalingSuspended ? undefined : this.#set(resourceId, { min: action.min, max: action.max });
      case 'load':
        return this.#follow(resourceId, action.load);
      case 'deregister':
        return this.#targets.deregister(resourceId);
      default:
        return action satisfies never;
    }
  }

  #begin(service: string, { min, max, suspended }: ScalableTarget): void {
    this.#set(resourceOf(service), { min, max, suspended: suspendedState(suspended) });
  }

  #set(resourceId: string, bounds: Bounds): void {
    this.#targets.register(resourceId, bounds, new Date(nowMs(this.#surroundings)), resourceId);
  }

  #follow(resourceId: string, load: number): void {
    const capacity = ecsCapacity(this.#ecs);
    const now = capacity.read(resourceId);
    const asked = now && trackedCapacity({ targetValue: 1, disableScaleIn: false }, load, this.#targets.get(resourceId), now);
    if (asked !== undefined) capacity.set(resourceId, asked);
  }
}
