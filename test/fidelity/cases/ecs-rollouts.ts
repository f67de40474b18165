import type { FidelityCase } from '../case.ts';
import { aRevision, aService, aSteadyService, cluster, manifestOf, named, noScheduler, push, theService } from './fragments.ts';

const turns = { source: ['aws.ecs'], 'detail-type': ['ECS Deployment State Change'] };
const told = (eventName: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  'detail-type': 'ECS Deployment State Change',
  detail: { eventName: `SERVICE_DEPLOYMENT_${eventName}`, ...more },
});
const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };
const checked = {
  containerDefinitions: [
    {
      name: 'app',
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/{unique}:v2',
      healthCheck: { command: ['CMD', 'true'], interval: 10 },
    },
  ],
};
const [cluster1, repository, v1, revision1] = aSteadyService;
const guarded = [cluster1, repository, v1, revision1, aService(breaker), { passSeconds: 300 }];
const others = { moto: noScheduler };

/** Deployments as they go on, and what the bus tells of them. */
export const ecsRollouts: FidelityCase[] = [
  {
    name: 'a deployment is told when it begins and when it completes',
    sources: ['ecs ecs_service_deployment_events'],
    listens: turns,
    others,
    steps: [
      ...aSteadyService,
      {
        ...theService({
          runningCount: 2,
          pendingCount: 0,
          deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }],
        }),
        save: { rollout: 'services.0.deployments.0.id' },
      },
      { hears: [told('IN_PROGRESS', { deploymentId: '{rollout}' }), told('COMPLETED', { deploymentId: '{rollout}', eventType: 'INFO' })] },
    ],
  },
  {
    name: 'an event of a deployment names its service in its resource alone',
    sources: ['ecs ecs_service_deployment_events'],
    listens: turns,
    others,
    steps: [
      ...aSteadyService,
      {
        hears: [
          {
            resources: ['arn:aws:ecs:eu-west-1:123456789012:service/{unique}/web'],
            detail: {
              clusterArn: { $absent: true },
              serviceName: { $absent: true },
              version: { $absent: true },
              updatedAt: { $any: 'string' },
            },
          },
        ],
      },
    ],
  },
  {
    name: 'the circuit breaker fails a deployment and completes the one before it anew, under its old id',
    sources: ['ecs deployment-circuit-breaker', 'ecs ecs_service_deployment_events'],
    listens: turns,
    others,
    steps: [
      ...guarded,
      { ...theService({}), save: { before: 'services.0.deployments.0.id' } },
      push('v2', manifestOf('unhealthy')),
      aRevision(undefined, checked),
      { call: 'ecs UpdateService', input: { ...named, taskDefinition: '{unique}:2' }, save: { failed: 'service.deployments.0.id' } },
      { passSeconds: 1800 },
      {
        hears: [
          told('FAILED', { deploymentId: '{failed}', eventType: 'ERROR', reason: { $matches: 'circuit breaker' } }),
          told('IN_PROGRESS', { deploymentId: '{before}', reason: { $matches: 'rolling back to deploymentId' } }),
          told('COMPLETED', { deploymentId: '{before}' }),
        ],
      },
      theService({ taskDefinition: { $matches: ':1$' }, deployments: [{ id: '{before}', rolloutState: 'COMPLETED' }] }),
      {
        call: 'ecs ListServiceDeployments',
        input: named,
        answer: { serviceDeployments: [{ status: 'ROLLBACK_SUCCESSFUL' }, { status: 'SUCCESSFUL' }] },
      },
    ],
  },
  {
    name: 'without failure detection a deployment that cannot start stays IN_PROGRESS and is never told as FAILED',
    sources: ['ecs ecs_service_deployment_events', 'ecs service-throttle-logic'],
    listens: turns,
    others,
    steps: [
      ...aSteadyService,
      push('v2', manifestOf('cannot-pull')),
      aRevision('123456789012.dkr.ecr.eu-west-1.amazonaws.com/{unique}:v2'),
      { call: 'ecs UpdateService', input: { ...named, taskDefinition: '{unique}:2' } },
      { passSeconds: 3600 },
      { doesNotHear: [told('FAILED')] },
      theService({ runningCount: 2, deployments: { $holds: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }] } }),
    ],
  },
  {
    name: 'a deployment that is stopped goes back, whether rollbacks are configured or not',
    sources: ['ecs API_StopServiceDeployment'],
    others,
    steps: [
      ...aSteadyService,
      push('v2', manifestOf('slow start=90s')),
      aRevision('123456789012.dkr.ecr.eu-west-1.amazonaws.com/{unique}:v2'),
      { call: 'ecs UpdateService', input: { ...named, taskDefinition: '{unique}:2' } },
      { passSeconds: 20 },
      { call: 'ecs ListServiceDeployments', input: named, save: { arn: 'serviceDeployments.0.serviceDeploymentArn' } },
      { call: 'ecs StopServiceDeployment', input: { serviceDeploymentArn: '{arn}', stopType: 'ROLLBACK' } },
      { passSeconds: 600 },
      theService({ taskDefinition: { $matches: ':1$' } }),
      {
        call: 'ecs DescribeServiceDeployments',
        input: { serviceDeploymentArns: ['{arn}'] },
        answer: { serviceDeployments: [{ status: 'ROLLBACK_SUCCESSFUL', rollback: { serviceRevisionArn: { $any: 'string' } } }] },
      },
      { call: 'ecs StopServiceDeployment', input: { serviceDeploymentArn: '{arn}' }, refused: { name: 'ConflictException' } },
    ],
  },
  {
    name: 'what is superseded ends as STOPPED and is not told',
    sources: ['ecs service-deployment'],
    listens: turns,
    others,
    steps: [
      ...aSteadyService,
      aRevision(),
      { call: 'ecs UpdateService', input: { ...named, taskDefinition: '{unique}:2' } },
      { passSeconds: 5 },
      { call: 'ecs UpdateService', input: { ...named, forceNewDeployment: true } },
      { passSeconds: 600 },
      {
        call: 'ecs ListServiceDeployments',
        input: { ...named, status: ['STOPPED'] },
        answer: { serviceDeployments: [{ status: 'STOPPED', finishedAt: { $any: 'instant' } }] },
      },
      { doesNotHear: [told('FAILED')] },
    ],
  },
  {
    name: 'service deployments of an unknown service are refused, unknown ones are failures',
    sources: ['ecs API_ListServiceDeployments', 'ecs API_DescribeServiceDeployments'],
    others: { moto: 'Moto does not implement service deployments.' },
    steps: [
      cluster1,
      { call: 'ecs ListServiceDeployments', input: { cluster, service: 'none' }, refused: { name: 'ServiceNotFoundException' } },
      {
        call: 'ecs DescribeServiceDeployments',
        input: { serviceDeploymentArns: ['arn:aws:ecs:eu-west-1:123456789012:service-deployment/{unique}/none/abc'] },
        answer: { serviceDeployments: [], failures: [{ reason: 'MISSING' }] },
      },
    ],
  },
];
