import type * as sdk from '@aws-sdk/client-application-auto-scaling';
import type { Clock } from '../clock.ts';
import { AutoScalingError } from '../model/auto-scaling/errors.ts';
import type { ScalableTargets } from '../model/auto-scaling/targets.ts';
import { ScheduleError } from '../model/schedule.ts';
import { recurring } from '../recurring.ts';

type Put = sdk.PutScheduledActionCommandInput;
export type StoredAction = sdk.ScheduledAction & { ResourceId: string; ScheduledActionName: string };

/** Scheduled actions: at each of their times they set bounds, which move the capacity. Nothing brings the old bounds back but another action. */
export class ScheduledActions {
  readonly #actions = new Map<string, StoredAction>();
  readonly #targets: ScalableTargets;
  readonly #clock: Clock;

  constructor(targets: ScalableTargets, clock: Clock) {
    this.#targets = targets;
    this.#clock = clock;
  }

  all(): StoredAction[] {
    return [...this.#actions.values()];
  }

  put(input: Put, arn: string): void {
    const resourceId = input.ResourceId ?? '';
    this.#targets.get(resourceId);
    const key = keyOf(resourceId, input.ScheduledActionName);
    const known = this.#actions.get(key);
    const Schedule = input.Schedule ?? known?.Schedule;
    if (Schedule === undefined) throw new AutoScalingError('ValidationException', 'Schedule is required for a new scheduled action');
    const { StartTime: _, EndTime: __, ...before } = known ?? {}; // An update without these takes them away.
    const stored = {
      CreationTime: this.#clock.now(),
      ScheduledActionARN: arn,
      Timezone: 'UTC',
      ...before,
      ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
      Schedule,
    } as StoredAction;
    this.#begin(stored, () => this.#actions.get(key) === stored);
    this.#actions.set(key, stored);
  }

  delete(resourceId: string, name: string | undefined): void {
    if (!this.#actions.delete(keyOf(resourceId, name)))
      throw new AutoScalingError(
        'ObjectNotFoundException',
        `No scheduled action found for service namespace: ecs, resource ID: ${resourceId}, scheduled action name: ${name}`,
      );
  }

  deleteAllOf(resourceId: string): void {
    for (const action of this.all()) if (action.ResourceId === resourceId) this.delete(resourceId, action.ScheduledActionName);
  }

  #begin(action: StoredAction, wanted: () => boolean): void {
    try {
      recurring(this.#clock.agenda, action.Schedule ?? '', action.Timezone ?? 'UTC', wanted, (at) => this.#fire(action, at));
    } catch (error) {
      if (error instanceof ScheduleError || error instanceof RangeError) throw new AutoScalingError('ValidationException', error.message);
      throw error;
    }
  }

  #fire({ ResourceId, StartTime, EndTime, ScalableTargetAction = {} }: StoredAction, at: Date): void {
    const target = this.#targets.get(ResourceId);
    const isOutside = (StartTime && at < StartTime) || (EndTime && at > EndTime);
    if (isOutside || target.suspended.ScheduledScalingSuspended) return; // What was missed is not made up for.
    const { MinCapacity: min, MaxCapacity: max } = ScalableTargetAction;
    this.#targets.register(ResourceId, { min, max }, target.createdAt, target.id);
  }
}

function keyOf(resourceId: string, name: string | undefined): string {
  return `${resourceId} ${name}`;
}
