import type { FidelityCase } from '../case.ts';
import { aCluster, aRevision, aService, named, theService } from './fragments.ts';

const primary = { save: { rollout: 'service.deployments.0.id' } };

/** CreateService, UpdateService, DeleteService. */
export const ecsServices: FidelityCase[] = [
  {
    name: 'a service begins with one PRIMARY deployment',
    sources: ['ecs API_CreateService', 'ecs API_Deployment'],
    steps: [
      aCluster,
      aRevision(),
      {
        ...aService(),
        answer: {
          service: {
            status: 'ACTIVE',
            desiredCount: 2,
            schedulingStrategy: 'REPLICA',
            deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
            deployments: [{ id: { $matches: '^ecs-svc/\\d+$' }, status: 'PRIMARY', rolloutState: 'IN_PROGRESS', desiredCount: 2 }],
          },
        },
      },
    ],
    others: { moto: 'Moto leaves the deployment configuration out where none was sent; the page names its defaults.' },
  },
  {
    name: 'a second service of the same name is refused',
    sources: ['ecs API_CreateService', 'seen in answers of CreateService'],
    others: { moto: 'Moto replaces the first one.' },
    steps: [
      aCluster,
      aRevision(),
      aService(),
      { ...aService(), refused: { name: 'InvalidParameterException', message: 'Creation of service was not idempotent.' } },
    ],
  },
  {
    name: 'a service of an unknown revision is refused',
    sources: ['ecs API_CreateService', 'seen in answers of CreateService'],
    others: { moto: 'Moto answers the message of DescribeTaskDefinition.' },
    steps: [aCluster, { ...aService(), refused: { name: 'ClientException', message: 'TaskDefinition not found.' } }],
  },
  {
    name: 'an update of an unknown service is refused',
    sources: ['ecs API_UpdateService'],
    steps: [aCluster, { call: 'ecs UpdateService', input: { ...named, desiredCount: 1 }, refused: { name: 'ServiceNotFoundException' } }],
  },
  {
    name: 'an update of a service that was deleted is refused',
    sources: ['ecs API_UpdateService'],
    others: { moto: 'Moto updates an INACTIVE service; the page names ServiceNotActiveException.' },
    steps: [
      aCluster,
      aRevision(),
      aService({ desiredCount: 0 }),
      { call: 'ecs DeleteService', input: named },
      { passSeconds: 120 },
      { call: 'ecs UpdateService', input: { ...named, desiredCount: 1 }, refused: { name: 'ServiceNotActiveException' } },
    ],
  },
  {
    name: 'a desired count that is not sent stays as it is',
    sources: ['ecs API_UpdateService'],
    steps: [
      aCluster,
      aRevision(),
      aRevision(),
      aService({ desiredCount: 3 }),
      {
        call: 'ecs UpdateService',
        input: { ...named, taskDefinition: '{unique}:2' },
        answer: { service: { desiredCount: 3, taskDefinition: { $matches: ':2$' } } },
      },
    ],
  },
  {
    name: 'the revision that runs already begins no deployment, a forced one does',
    sources: ['ecs API_UpdateService'],
    steps: [
      aCluster,
      aRevision(),
      { ...aService(), ...primary },
      {
        call: 'ecs UpdateService',
        input: { ...named, taskDefinition: '{unique}:1' },
        answer: { service: { deployments: [{ id: '{rollout}' }] } },
      },
      {
        call: 'ecs UpdateService',
        input: { ...named, forceNewDeployment: true },
        answer: { service: { deployments: { $holds: [{ id: { $not: '{rollout}' }, status: 'PRIMARY' }] } } },
      },
    ],
  },
  {
    name: 'a changed desired count begins no deployment',
    sources: ['ecs API_UpdateService'],
    steps: [
      aCluster,
      aRevision(),
      { ...aService(), ...primary },
      {
        call: 'ecs UpdateService',
        input: { ...named, desiredCount: 4 },
        answer: { service: { desiredCount: 4, deployments: [{ id: '{rollout}', status: 'PRIMARY' }] } },
      },
    ],
  },
  {
    name: 'a service that is scaled above 0 is deleted by force only',
    sources: ['ecs API_DeleteService', 'seen in answers of DeleteService'],
    others: { moto: 'Moto makes a deleted service INACTIVE at once; the page says DRAINING while it has tasks to stop.' },
    steps: [
      aCluster,
      aRevision(),
      aService(),
      {
        call: 'ecs DeleteService',
        input: named,
        refused: { name: 'InvalidParameterException', message: 'The service cannot be stopped while it is scaled above 0.' },
      },
      { call: 'ecs DeleteService', input: { ...named, force: true }, answer: { service: { status: 'DRAINING', desiredCount: 0 } } },
      { passSeconds: 300 },
      theService({ status: 'INACTIVE' }),
    ],
  },
  {
    name: 'a service under CodeDeploy takes no revision by UpdateService',
    sources: ['ecs API_UpdateService', 'seen in answers of UpdateService'],
    others: { moto: 'Moto does not tell the deployment controllers apart.' },
    steps: [
      aCluster,
      aRevision(),
      aRevision(),
      aService({ deploymentController: { type: 'CODE_DEPLOY' } }),
      {
        call: 'ecs UpdateService',
        input: { ...named, taskDefinition: '{unique}:2' },
        refused: {
          name: 'InvalidParameterException',
          message: { $matches: '^Unable to update task definition on services with a CODE_DEPLOY' },
        },
      },
    ],
  },
  {
    name: 'a DAEMON service has no desired count of its own',
    sources: ['ecs API_CreateService', 'ecs API_UpdateService'],
    others: { moto: 'Moto takes a desired count for it; the pages say that DAEMON does not support one.' },
    steps: [
      aCluster,
      aRevision(undefined, { requiresCompatibilities: ['EC2'] }),
      {
        ...aService({ schedulingStrategy: 'DAEMON', launchType: 'EC2', desiredCount: undefined }),
        answer: { service: { schedulingStrategy: 'DAEMON' } },
      },
      { call: 'ecs UpdateService', input: { ...named, desiredCount: 2 }, refused: { name: 'InvalidParameterException' } },
      { call: 'ecs ListServices', input: { cluster: '{unique}', schedulingStrategy: 'DAEMON' }, answer: { serviceArns: { $length: 1 } } },
      { call: 'ecs ListServices', input: { cluster: '{unique}', schedulingStrategy: 'REPLICA' }, answer: { serviceArns: [] } },
    ],
  },
];
