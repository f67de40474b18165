import type * as sdk from '@aws-sdk/client-application-auto-scaling';
import type { Clock } from '../clock.ts';
import { AutoScalingError } from '../model/auto-scaling/errors.ts';
import { trackedCapacity } from '../model/auto-scaling/target-tracking.ts';
import type { Capacity, ScalableTargets } from '../model/auto-scaling/targets.ts';

export type StoredPolicy = sdk.ScalingPolicy & { ResourceId: string; PolicyName: string };

const evaluatedEveryMs = 60_000;

/** Scaling policies. Those that track a target follow the load that the sandbox is told of, once a minute; others are kept and do nothing. */
export class ScalingPolicies {
  readonly #policies = new Map<string, StoredPolicy>();
  readonly #loads = new Map<string, number>();
  readonly #targets: ScalableTargets;
  readonly #capacity: Capacity;
  readonly #clock: Clock;

  constructor(targets: ScalableTargets, capacity: Capacity, clock: Clock) {
    this.#targets = targets;
    this.#capacity = capacity;
    this.#clock = clock;
  }

  all(): StoredPolicy[] {
    return [...this.#policies.values()];
  }

  put(input: sdk.PutScalingPolicyCommandInput, arn: string): StoredPolicy {
    this.#targets.get(input.ResourceId ?? '');
    const key = `${input.ResourceId} ${input.PolicyName}`;
    const known = this.#policies.get(key);
    const stored = {
      PolicyType: 'StepScaling',
      Alarms: [],
      CreationTime: this.#clock.now(),
      PolicyARN: arn,
      ...known,
      ...input,
    } as StoredPolicy;
    if (stored.PolicyType === 'TargetTrackingScaling' && stored.TargetTrackingScalingPolicyConfiguration?.TargetValue === undefined)
      throw new AutoScalingError(
        'ValidationException',
        'TargetTrackingScalingPolicyConfiguration is required for a policy of type TargetTrackingScaling',
      );
    this.#policies.set(key, stored);
    return stored;
  }

  delete(resourceId: string, name: string | undefined): void {
    if (!this.#policies.delete(`${resourceId} ${name}`))
      throw new AutoScalingError(
        'ObjectNotFoundException',
        `No scaling policy found for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ecs:service:DesiredCount, policy name: ${name}`,
      );
  }

  deleteAllOf(resourceId: string): void {
    for (const policy of this.all()) if (policy.ResourceId === resourceId) this.delete(resourceId, policy.PolicyName);
  }

  /** From now on so much load lies on a resource, shared by its running tasks. */
  setLoad(resourceId: string, load: number): void {
    const isNew = !this.#loads.has(resourceId);
    this.#loads.set(resourceId, load);
    if (isNew) this.#evaluateLater(resourceId);
  }

  #evaluateLater(resourceId: string): void {
    this.#clock.agenda.at(new Date(this.#clock.now().getTime() + evaluatedEveryMs), () => {
      this.#evaluate(resourceId);
      this.#evaluateLater(resourceId);
    });
  }

  #evaluate(resourceId: string): void {
    const target = this.#targets.all().find((one) => one.resourceId === resourceId);
    const now = this.#capacity.read(resourceId);
    if (!target || !now) return;
    const asked = this.all()
      .filter((policy) => policy.ResourceId === resourceId)
      .flatMap(({ TargetTrackingScalingPolicyConfiguration: rule }) => {
        if (rule?.TargetValue === undefined) return [];
        const { TargetValue: targetValue, DisableScaleIn: disableScaleIn = false } = rule;
        return trackedCapacity({ targetValue, disableScaleIn }, this.#loads.get(resourceId) ?? 0, target, now) ?? now.desired;
      });
    const most = Math.max(...asked); // Of several policies the one that asks for most decides.
    if (asked.length > 0 && most !== now.desired) this.#capacity.set(resourceId, most);
  }
}
