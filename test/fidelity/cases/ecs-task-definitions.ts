import type { FidelityCase } from '../case.ts';
import { aCluster, aRevision, aService, named, place } from './fragments.ts';

const arn = (revision: number): string => `arn:aws:ecs:${place}:task-definition/{unique}:${revision}`;
const described = (taskDefinition: string, answer: Record<string, unknown>) => ({
  call: 'ecs DescribeTaskDefinition',
  input: { taskDefinition },
  answer,
});

/** Task definitions and their revisions. */
export const ecsTaskDefinitions: FidelityCase[] = [
  {
    name: 'each registration is a new revision, whether anything changed or not',
    sources: ['ecs API_RegisterTaskDefinition'],
    steps: [
      { ...aRevision(), answer: { taskDefinition: { taskDefinitionArn: arn(1), revision: 1, status: 'ACTIVE' } } },
      { ...aRevision(), answer: { taskDefinition: { revision: 2 } } },
    ],
  },
  {
    name: 'a family alone stands for its newest ACTIVE revision',
    sources: ['ecs API_DescribeTaskDefinition'],
    others: { moto: 'Moto takes the newest revision of any status; the page says: the latest ACTIVE revision.' },
    steps: [
      aRevision(),
      aRevision(),
      described('{unique}', { taskDefinition: { revision: 2 } }),
      { call: 'ecs DeregisterTaskDefinition', input: { taskDefinition: '{unique}:2' } },
      described('{unique}', { taskDefinition: { revision: 1 } }),
    ],
  },
  {
    name: 'a deregistered revision is INACTIVE, still described, and in no listing of ACTIVE ones',
    sources: ['ecs API_DeregisterTaskDefinition', 'ecs API_ListTaskDefinitions'],
    steps: [
      aRevision(),
      aRevision(),
      {
        call: 'ecs DeregisterTaskDefinition',
        input: { taskDefinition: '{unique}:1' },
        answer: { taskDefinition: { status: 'INACTIVE', deregisteredAt: { $any: 'instant' } } },
      },
      described('{unique}:1', { taskDefinition: { status: 'INACTIVE' } }),
      { call: 'ecs ListTaskDefinitions', input: { familyPrefix: '{unique}' }, answer: { taskDefinitionArns: [arn(2)] } },
      {
        call: 'ecs ListTaskDefinitions',
        input: { familyPrefix: '{unique}', status: 'INACTIVE' },
        answer: { taskDefinitionArns: [arn(1)] },
      },
    ],
    others: { moto: 'Moto keeps no time of deregistration.' },
  },
  {
    name: 'a listing goes from the oldest revision, or the other way round when asked to',
    sources: ['ecs API_ListTaskDefinitions'],
    others: { moto: 'Moto does not know sort.' },
    steps: [
      aRevision(),
      aRevision(),
      { call: 'ecs ListTaskDefinitions', input: { familyPrefix: '{unique}' }, answer: { taskDefinitionArns: [arn(1), arn(2)] } },
      {
        call: 'ecs ListTaskDefinitions',
        input: { familyPrefix: '{unique}', sort: 'DESC' },
        answer: { taskDefinitionArns: [arn(2), arn(1)] },
      },
    ],
  },
  {
    name: 'tags of a revision stand beside it, and only where they are asked for',
    sources: ['ecs API_DescribeTaskDefinition'],
    steps: [
      aRevision(undefined, { tags: [{ key: 'team', value: 'web' }] }),
      described('{unique}:1', { tags: { $not: { $length: 1 } }, taskDefinition: { tags: { $absent: true } } }),
      {
        call: 'ecs DescribeTaskDefinition',
        input: { taskDefinition: '{unique}:1', include: ['TAGS'] },
        answer: { tags: [{ key: 'team', value: 'web' }] },
      },
    ],
  },
  {
    name: 'what was not sent comes back as AWS fills it in',
    sources: ['ecs API_RegisterTaskDefinition', 'seen in answers of DescribeTaskDefinition'],
    steps: [
      aRevision(),
      described('{unique}:1', {
        taskDefinition: {
          volumes: [],
          placementConstraints: [],
          compatibilities: { $holds: ['FARGATE'] },
          containerDefinitions: [
            { name: 'app', cpu: 0, essential: true, environment: [], mountPoints: [], volumesFrom: [], portMappings: [] },
          ],
        },
      }),
    ],
  },
  {
    name: 'an empty value of the environment is kept',
    sources: ['ecs API_KeyValuePair'],
    steps: [
      aRevision(undefined, { containerDefinitions: [{ name: 'app', image: 'a', environment: [{ name: 'EMPTY', value: '' }] }] }),
      described('{unique}:1', { taskDefinition: { containerDefinitions: [{ environment: [{ name: 'EMPTY', value: '' }] }] } }),
    ],
  },
  {
    name: 'a revision that is not there is a client error',
    sources: ['ecs API_DescribeTaskDefinition', 'seen in answers of DescribeTaskDefinition'],
    steps: [
      {
        call: 'ecs DescribeTaskDefinition',
        input: { taskDefinition: '{unique}:1' },
        refused: { name: 'ClientException', message: 'Unable to describe task definition.' },
      },
    ],
  },
  {
    name: 'Fargate wants cpu and memory of the whole task',
    sources: ['ecs API_RegisterTaskDefinition'],
    others: { moto: 'Moto does not judge the sizes of a task.' },
    steps: [
      { ...aRevision(undefined, { cpu: undefined }), refused: { name: 'ClientException', message: { $matches: "requires that 'cpu'" } } },
    ],
  },
  {
    name: 'a service is not updated to an INACTIVE revision',
    sources: ['ecs API_DeregisterTaskDefinition'],
    others: { moto: 'Moto lets a service run a deregistered revision; the page says that a service cannot be updated to it.' },
    steps: [
      aCluster,
      aRevision(),
      aRevision(),
      aService({ desiredCount: 0 }),
      { call: 'ecs DeregisterTaskDefinition', input: { taskDefinition: '{unique}:2' } },
      { call: 'ecs UpdateService', input: { ...named, taskDefinition: '{unique}:2' }, refused: { name: 'ClientException' } },
    ],
  },
];
