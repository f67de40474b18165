import type { CallStep, FidelityCase, Step } from '../case.ts';
import { aCluster, aRevision, aService, cluster, theService } from './fragments.ts';

type Members = Record<string, unknown>;

const ResourceId = `service/${cluster}/web`;
const which = { ServiceNamespace: 'ecs', ResourceId, ScalableDimension: 'ecs:service:DesiredCount' };
const register = (more: Members = {}): CallStep => ({
  call: 'application-autoscaling RegisterScalableTarget',
  input: { ...which, ...more },
});
const target = (...ScalableTargets: Members[]): CallStep => ({
  call: 'application-autoscaling DescribeScalableTargets',
  input: { ServiceNamespace: 'ecs', ResourceIds: [ResourceId] },
  answer: { ScalableTargets },
});
const action = (more: Members): CallStep => ({
  call: 'application-autoscaling PutScheduledAction',
  input: {
    ...which,
    ScheduledActionName: 'night',
    Schedule: 'cron(0 20 * * ? *)',
    ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
    ...more,
  },
});
const actions = (...ScheduledActions: Members[]): CallStep => ({
  call: 'application-autoscaling DescribeScheduledActions',
  input: { ServiceNamespace: 'ecs', ResourceId },
  answer: { ScheduledActions },
});
const policy: CallStep = {
  call: 'application-autoscaling PutScalingPolicy',
  input: {
    ...which,
    PolicyName: 'load',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 50,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    },
  },
  answer: { PolicyARN: { $matches: ':scalingPolicy:.*:policyName/load$' } },
};
const service: Step[] = [aCluster, aRevision(), aService()];
const page = (name: string): string => `https://docs.aws.amazon.com/autoscaling/application/APIReference/API_${name}.html`;

/** Application Auto Scaling of ECS services. */
export const scaling: FidelityCase[] = [
  {
    name: 'a service that nothing scales has no target, which is no error',
    sources: [page('DescribeScalableTargets')],
    steps: [target()],
  },
  {
    name: 'the first registration wants both bounds',
    sources: [page('RegisterScalableTarget')],
    others: { moto: 'Moto takes one bound; the page says that each is required when a target is registered first.' },
    steps: [...service, { ...register({ MinCapacity: 1 }), refused: { name: 'ValidationException' } }],
  },
  {
    name: 'a later registration leaves what it does not name',
    sources: [page('RegisterScalableTarget')],
    steps: [
      ...service,
      register({ MinCapacity: 1, MaxCapacity: 4 }),
      register({ MaxCapacity: 6 }),
      target({ ...which, MinCapacity: 1, MaxCapacity: 6, CreationTime: { $any: 'instant' } }),
    ],
  },
  {
    name: 'a registration moves a capacity that is outside into the range',
    sources: [page('RegisterScalableTarget')],
    others: { moto: 'Moto leaves the desired count as it is; the page says that the target is scaled into the new range.' },
    steps: [...service, register({ MinCapacity: 3, MaxCapacity: 4 }), theService({ desiredCount: 3 })],
  },
  {
    name: 'what is suspended is told',
    sources: [page('SuspendedState')],
    steps: [
      ...service,
      register({
        MinCapacity: 1,
        MaxCapacity: 4,
        SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true, ScheduledScalingSuspended: true },
      }),
      target({
        SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true, ScheduledScalingSuspended: true },
      }),
    ],
  },
  {
    name: 'a scheduled action wants a target',
    sources: [page('PutScheduledAction')],
    others: { moto: 'Moto keeps it without a target; the page has ObjectNotFoundException.' },
    steps: [...service, { ...action({}), refused: { name: 'ObjectNotFoundException' } }],
  },
  {
    name: 'a scheduled action is told with its schedule, and gone once it is deleted',
    sources: [page('DescribeScheduledActions'), page('DeleteScheduledAction')],
    steps: [
      ...service,
      register({ MinCapacity: 1, MaxCapacity: 4 }),
      action({ Timezone: 'Europe/Berlin' }),
      actions({ ScheduledActionName: 'night', Schedule: 'cron(0 20 * * ? *)', Timezone: 'Europe/Berlin', ResourceId }),
      { call: 'application-autoscaling DeleteScheduledAction', input: { ...which, ScheduledActionName: 'night' } },
      actions(),
    ],
  },
  {
    name: 'a scheduled action takes the desired count into its bounds',
    sources: ['https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html'],
    others: { moto: 'Moto runs no scheduled action.' },
    steps: [
      ...service,
      register({ MinCapacity: 1, MaxCapacity: 4 }),
      action({ Schedule: 'rate(1 minute)', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } }),
      { passSeconds: 120 },
      theService({ desiredCount: 0 }),
    ],
  },
  {
    name: 'a policy that tracks a target is told, and gone once it is deleted',
    sources: [page('PutScalingPolicy'), page('DeleteScalingPolicy')],
    others: { moto: 'Moto answers ValidationException; the page has ObjectNotFoundException for an object that does not exist.' },
    steps: [
      ...service,
      register({ MinCapacity: 1, MaxCapacity: 4 }),
      policy,
      {
        call: 'application-autoscaling DescribeScalingPolicies',
        input: { ServiceNamespace: 'ecs', ResourceId },
        answer: { ScalingPolicies: [{ PolicyName: 'load', PolicyType: 'TargetTrackingScaling', ResourceId }] },
      },
      { call: 'application-autoscaling DeleteScalingPolicy', input: { ...which, PolicyName: 'load' } },
      {
        call: 'application-autoscaling DeleteScalingPolicy',
        input: { ...which, PolicyName: 'load' },
        refused: { name: 'ObjectNotFoundException' },
      },
    ],
  },
  {
    name: 'with a target goes what stands on it, and the desired count stays',
    sources: [page('DeregisterScalableTarget')],
    others: { moto: 'Moto leaves the scheduled actions; the page says that they are deleted with the target.' },
    steps: [
      ...service,
      register({ MinCapacity: 1, MaxCapacity: 4 }),
      action({}),
      policy,
      { call: 'application-autoscaling DeregisterScalableTarget', input: which },
      target(),
      actions(),
      theService({ desiredCount: 2 }),
      { call: 'application-autoscaling DeregisterScalableTarget', input: which, refused: { name: 'ObjectNotFoundException' } },
    ],
  },
];
