import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ApplicationAutoScalingClient,
  type ScalableTarget as AwsScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { UpdateServiceCommand, type ECSClient } from '@aws-sdk/client-ecs';
import type { ServiceKey } from '../domain/deployment.ts';
import type { ScalableTarget } from '../domain/sleep.ts';
import type { Scaling } from '../ports/scaling.ts';
import { calling } from './aws-errors.ts';
import { serviceAddress } from './service-address.ts';

const pagesMax = 5;

/** Counts and bounds of services, kept by ECS and by Application Auto Scaling. */
export function awsScaling(ecs: ECSClient, autoScaling: ApplicationAutoScalingClient): Scaling {
  return {
    target: async (key) => {
      const found = await describe(autoScaling, key);
      return found && toTarget(found);
    },
    bound: async (key, { min, max, suspended }) => {
      const register = new RegisterScalableTargetCommand({
        ...addressOf(key),
        MinCapacity: min,
        MaxCapacity: max,
        // All three, for it is not documented what becomes of one that is left out.
        SuspendedState: {
          DynamicScalingInSuspended: suspended.in,
          DynamicScalingOutSuspended: suspended.out,
          ScheduledScalingSuspended: suspended.scheduled,
        },
      });
      await calling(`set the bounds of ${key} to ${min} and ${max}`, () => autoScaling.send(register));
    },
    scale: async (key, desiredCount) => {
      const update = new UpdateServiceCommand({ ...serviceAddress(key), desiredCount }); // No task definition: what runs stays.
      await calling(`set the desired count of ${key} to ${desiredCount}`, () => ecs.send(update));
    },
  };
}

// One resource has one scalable target; a page may still be empty and tell of a next one.
async function describe(client: ApplicationAutoScalingClient, key: ServiceKey): Promise<AwsScalableTarget | undefined> {
  const { ServiceNamespace, ResourceId, ScalableDimension } = addressOf(key);
  let NextToken: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const ask = new DescribeScalableTargetsCommand({ ServiceNamespace, ResourceIds: [ResourceId], ScalableDimension, NextToken });
    const answer = await calling(`read the bounds of ${key}`, () => client.send(ask));
    const [found] = answer.ScalableTargets ?? [];
    NextToken = answer.NextToken;
    if (found !== undefined || NextToken === undefined) return found;
  }
  return undefined;
}

function addressOf(key: ServiceKey) {
  return { ServiceNamespace: 'ecs', ResourceId: `service/${key}`, ScalableDimension: 'ecs:service:DesiredCount' } as const;
}

function toTarget({ MinCapacity = 0, MaxCapacity = 0, SuspendedState = {} }: AwsScalableTarget): ScalableTarget {
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } = SuspendedState;
  return {
    min: MinCapacity,
    max: MaxCapacity,
    suspended: {
      in: DynamicScalingInSuspended === true,
      out: DynamicScalingOutSuspended === true,
      scheduled: ScheduledScalingSuspended === true,
    },
  };
}
