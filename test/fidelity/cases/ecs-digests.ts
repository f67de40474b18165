import type { FidelityCase } from '../case.ts';
import { aService, aSteadyService, manifestOf, named, noScheduler, push, theService } from './fragments.ts';

const others = { moto: noScheduler };

/** Which images a deployment pins, and when. */
export const ecsDigests: FidelityCase[] = [
  {
    name: 'a tag that moves changes nothing until a deployment is forced',
    sources: ['ecs deployment-type-ecs'],
    others,
    steps: [
      ...aSteadyService,
      push('v1', manifestOf('healthy', { build: '2' }), 'moved'),
      { call: 'ecs UpdateService', input: { ...named, desiredCount: 3 } },
      { passSeconds: 300 },
      { call: 'ecs ListServiceDeployments', input: named, save: { revision: 'serviceDeployments.0.targetServiceRevisionArn' } },
      {
        call: 'ecs DescribeServiceRevisions',
        input: { serviceRevisionArns: ['{revision}'] },
        answer: { serviceRevisions: [{ containerImages: [{ containerName: 'app', imageDigest: '{digest}' }] }] },
      },
      { call: 'ecs UpdateService', input: { ...named, forceNewDeployment: true } },
      { passSeconds: 300 },
      { call: 'ecs ListServiceDeployments', input: named, save: { revision: 'serviceDeployments.0.targetServiceRevisionArn' } },
      {
        call: 'ecs DescribeServiceRevisions',
        input: { serviceRevisionArns: ['{revision}'] },
        answer: { serviceRevisions: [{ containerImages: [{ imageDigest: '{moved}' }] }] },
      },
    ],
  },
  {
    name: 'at a desired count of 0 a deployment completes at once and resolves no digest',
    sources: ['ecs deployment-type-ecs'],
    others,
    steps: [
      ...aSteadyService.slice(0, 4),
      aService({ desiredCount: 0 }),
      { passSeconds: 60 },
      theService({ runningCount: 0, deployments: [{ rolloutState: 'COMPLETED' }] }),
      { call: 'ecs ListServiceDeployments', input: named, save: { revision: 'serviceDeployments.0.targetServiceRevisionArn' } },
      {
        call: 'ecs DescribeServiceRevisions',
        input: { serviceRevisionArns: ['{revision}'] },
        answer: { serviceRevisions: [{ containerImages: [{ imageDigest: { $absent: true } }] }] },
      },
    ],
  },
];
