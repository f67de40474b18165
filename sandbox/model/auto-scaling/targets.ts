import { AutoScalingError } from './errors.ts';

/** What is scaled: how many there are to be, how many run, and how to change that. */
export interface Capacity {
  /** Undefined where the resource does not exist. */
  read(resourceId: string): { desired: number; running: number; isDeploying: boolean } | undefined;
  set(resourceId: string, desired: number): void;
}

export interface SuspendedState {
  DynamicScalingInSuspended: boolean;
  DynamicScalingOutSuspended: boolean;
  ScheduledScalingSuspended: boolean;
}

/** A service that scales by itself, and within which bounds. */
export interface ScalableTarget {
  resourceId: string;
  min: number;
  max: number;
  suspended: SuspendedState;
  roleArn: string | undefined;
  createdAt: Date;
  id: string;
}

/** What RegisterScalableTarget changes; what is left out stays as it was. */
export interface Bounds {
  min?: number | undefined;
  max?: number | undefined;
  suspended?: { [Kind in keyof SuspendedState]?: boolean | undefined } | undefined;
  roleArn?: string | undefined;
}

/** The scalable targets of the account. Whoever registers one, with bounds or without, brings its capacity inside them. */
export class ScalableTargets {
  readonly #targets = new Map<string, ScalableTarget>();
  readonly #capacity: Capacity;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  all(): ScalableTarget[] {
    return [...this.#targets.values()];
  }

  get(resourceId: string): ScalableTarget {
    const target = this.#targets.get(resourceId);
    if (!target)
      throw new AutoScalingError(
        'ObjectNotFoundException',
        `No scalable target registered for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ecs:service:DesiredCount`,
      );
    return target;
  }

  register(resourceId: string, { min, max, suspended, roleArn }: Bounds, createdAt: Date, id: string): ScalableTarget {
    const known = this.#targets.get(resourceId);
    if (!this.#capacity.read(resourceId)) throw new AutoScalingError('ValidationException', `ECS service doesn't exist: ${resourceId}`);
    if (!known && (min === undefined || max === undefined))
      throw new AutoScalingError('ValidationException', 'MinCapacity and MaxCapacity are required to register a new scalable target');
    const target: ScalableTarget = {
      resourceId,
      min: min ?? known?.min ?? 0,
      max: max ?? known?.max ?? 0,
      suspended: suspended ? suspendedBy(suspended) : (known?.suspended ?? suspendedBy({})),
      roleArn: roleArn ?? known?.roleArn,
      createdAt: known?.createdAt ?? createdAt,
      id: known?.id ?? id,
    };
    if (target.min > target.max) throw new AutoScalingError('ValidationException', 'Maximum capacity cannot be less than minimum capacity');
    this.#targets.set(resourceId, target);
    this.clamp(target);
    return target;
  }

  deregister(resourceId: string): void {
    this.get(resourceId);
    this.#targets.delete(resourceId);
  }

  /** Brings the capacity inside the bounds, wherever it was. */
  clamp({ resourceId, min, max }: ScalableTarget): void {
    const now = this.#capacity.read(resourceId);
    if (!now) return;
    const wanted = Math.min(Math.max(now.desired, min), max);
    if (wanted !== now.desired) this.#capacity.set(resourceId, wanted);
  }
}

/** What is not named is not suspended: a part of the state replaces all of it, the harder reading for whoever sends a part. */
function suspendedBy(given: NonNullable<Bounds['suspended']>): SuspendedState {
  const { DynamicScalingInSuspended = false, DynamicScalingOutSuspended = false, ScheduledScalingSuspended = false } = given;
  return { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended };
}
