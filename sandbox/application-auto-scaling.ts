import type * as sdk from '@aws-sdk/client-application-auto-scaling';
import { ecsCapacity } from './model/auto-scaling/ecs-capacity.ts';
import { ScalingPolicies } from './auto-scaling/scaling-policies.ts';
import { ScheduledActions } from './auto-scaling/scheduled-actions.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { AutoScalingError } from './model/auto-scaling/errors.ts';
import { type ScalableTarget, ScalableTargets } from './model/auto-scaling/targets.ts';
import type { EcsModel } from './model/ecs/model.ts';
import { pageOf } from './paging.ts';
import { answeringRefusals } from './refusals.ts';
import type { AwsService, Operation } from './service.ts';

export interface ApplicationAutoScalingOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  model: EcsModel;
}

export interface ApplicationAutoScaling extends AwsService {
  policies: ScalingPolicies;
}

interface Which {
  ServiceNamespace?: string | undefined;
  ResourceId?: string | undefined;
  ScalableDimension?: string | undefined;
}

/** Application Auto Scaling of ECS services: bounds, scheduled actions, and policies that follow a load. */
export function createApplicationAutoScaling(options: ApplicationAutoScalingOptions): ApplicationAutoScaling {
  const { clock, ids, account, region } = options;
  const capacity = ecsCapacity(options.model);
  const targets = new ScalableTargets(capacity);
  const actions = new ScheduledActions(targets, clock);
  const policies = new ScalingPolicies(targets, capacity, clock);
  const arnOf = (what: string): string => `arn:aws:autoscaling:${region}:${account}:${what}`;
  const targetArn = ({ id }: ScalableTarget): string => `arn:aws:application-autoscaling:${region}:${account}:scalable-target/${id}`;
  const operations: Record<string, Operation> = {
    RegisterScalableTarget: (input: sdk.RegisterScalableTargetCommandInput) => {
      const bounds = { min: input.MinCapacity, max: input.MaxCapacity, suspended: input.SuspendedState, roleArn: input.RoleARN };
      return { ScalableTargetARN: targetArn(targets.register(checked(input), bounds, clock.now(), `0ec5${ids.hex(30)}`)) };
    },
    DescribeScalableTargets: (input: sdk.DescribeScalableTargetsCommandInput) => {
      const wanted = targets.all().filter(({ resourceId }) => input.ResourceIds?.includes(resourceId) ?? true);
      const { items, next } = paged(wanted, input);
      return { ScalableTargets: items.map((target) => told(target, targetArn(target))), NextToken: next };
    },
    DeregisterScalableTarget: (input: sdk.DeregisterScalableTargetCommandInput) => {
      const resourceId = checked(input);
      targets.deregister(resourceId);
      actions.deleteAllOf(resourceId);
      policies.deleteAllOf(resourceId);
    },
    PutScheduledAction: (input: sdk.PutScheduledActionCommandInput) => {
      const name = `resource/ecs/${checked(input)}:scheduledActionName/${input.ScheduledActionName}`;
      actions.put(input, arnOf(`scheduledAction:${ids.uuid()}:${name}`));
    },
    DescribeScheduledActions: (input: sdk.DescribeScheduledActionsCommandInput) => {
      const wanted = actions
        .all()
        .filter(
          ({ ResourceId, ScheduledActionName }) =>
            (input.ResourceId ?? ResourceId) === ResourceId && (input.ScheduledActionNames?.includes(ScheduledActionName) ?? true),
        );
      const { items, next } = paged(wanted, input);
      return { ScheduledActions: items, NextToken: next };
    },
    DeleteScheduledAction: (input: sdk.DeleteScheduledActionCommandInput) => actions.delete(checked(input), input.ScheduledActionName),
    PutScalingPolicy: (input: sdk.PutScalingPolicyCommandInput) => {
      const name = `resource/ecs/${checked(input)}:policyName/${input.PolicyName}`;
      return { PolicyARN: policies.put(input, arnOf(`scalingPolicy:${ids.uuid()}:${name}`)).PolicyARN, Alarms: [] };
    },
    DescribeScalingPolicies: (input: sdk.DescribeScalingPoliciesCommandInput) => {
      const wanted = policies
        .all()
        .filter(
          ({ ResourceId, PolicyName }) =>
            (input.ResourceId ?? ResourceId) === ResourceId && (input.PolicyNames?.includes(PolicyName) ?? true),
        );
      const { items, next } = paged(wanted, input);
      return { ScalingPolicies: items, NextToken: next };
    },
    DeleteScalingPolicy: (input: sdk.DeleteScalingPolicyCommandInput) => policies.delete(checked(input), input.PolicyName),
  };
  return { policies, operations: answeringRefusals(operations, AutoScalingError) };
}

/** The resource's id, where it is one of an ECS service. */
function checked({ ServiceNamespace, ResourceId = '', ScalableDimension }: Which): string {
  if (ServiceNamespace !== 'ecs' || ScalableDimension !== 'ecs:service:DesiredCount')
    throw new AutoScalingError(
      'ValidationException',
      `The sandbox scales ecs:service:DesiredCount; found ${ServiceNamespace}, ${ScalableDimension}`,
    );
  if (!/^service\/[^/]+\/[^/]+$/.test(ResourceId))
    throw new AutoScalingError('ValidationException', `Unsupported service namespace, resource type or scalable dimension: ${ResourceId}`);
  return ResourceId;
}

function paged<Item>(
  items: readonly Item[],
  { MaxResults = 50, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Item[]; next: string | undefined } {
  const page = pageOf(items, Math.min(MaxResults, 50), NextToken);
  if (!page) throw new AutoScalingError('InvalidNextTokenException', 'The next token supplied was invalid.');
  return page;
}

function told({ resourceId, min, max, suspended, roleArn, createdAt }: ScalableTarget, arn: string): sdk.ScalableTarget {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: resourceId,
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: min,
    MaxCapacity: max,
    RoleARN:
      roleArn ??
      `arn:aws:iam::${arn.split(':')[4]}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    CreationTime: createdAt,
    SuspendedState: suspended,
    ScalableTargetARN: arn,
  };
}
