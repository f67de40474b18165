import type { CallStep, FidelityCase } from '../case.ts';
import { aCluster, aRepository, aRevision, manifestOf, place, push } from './fragments.ts';

const setOnFunction = (operation: string, more: Record<string, unknown>): CallStep => ({
  call: `lambda ${operation}`,
  input: { FunctionName: '{unique}', ...more },
  refused: { name: 'ResourceNotFoundException' },
});

const absent: FidelityCase[] = [
  {
    name: 'a function that is not there is refused, whatever is asked of it',
    sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html'],
    steps: (['Invoke', 'GetFunction', 'GetFunctionConfiguration', 'GetPolicy'] as const).map((operation) => ({
      call: `lambda ${operation}`,
      input: { FunctionName: '{unique}' },
      refused: { name: 'ResourceNotFoundException' },
    })),
  },
  {
    name: 'a schedule that is not there is refused',
    sources: ['https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html'],
    steps: [
      { call: 'scheduler GetSchedule', input: { Name: '{unique}' }, refused: { name: 'ResourceNotFoundException' } },
      { call: 'scheduler DeleteSchedule', input: { Name: '{unique}' }, refused: { name: 'ResourceNotFoundException' } },
      { call: 'scheduler ListSchedules', input: { NamePrefix: '{unique}' }, answer: { Schedules: [] } },
    ],
  },
  {
    name: 'a stack that is not there is a ValidationError',
    sources: [
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html',
      'seen in answers of ListStackResources, DescribeStackResources and GetTemplate',
    ],
    steps: ['DescribeStacks', 'ListStackResources', 'DescribeStackResources', 'GetTemplate'].map((operation) => ({
      call: `cloudformation ${operation}`,
      input: { StackName: '{unique}' },
      refused: { name: 'ValidationError', message: 'Stack with id {unique} does not exist' },
    })),
  },
  {
    name: 'nothing is set on a function that is not there',
    sources: [
      'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
      'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html',
      'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html',
      'https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html',
    ],
    steps: [
      setOnFunction('AddPermission', { StatementId: 'events', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' }),
      setOnFunction('PutFunctionConcurrency', { ReservedConcurrentExecutions: 1 }),
      setOnFunction('PutFunctionEventInvokeConfig', { MaximumRetryAttempts: 1 }),
      setOnFunction('GetFunctionEventInvokeConfig', {}),
      { call: 'lambda ListFunctions', answer: { Functions: { $not: { $holds: [{ FunctionName: '{unique}' }] } } } },
    ],
  },
  {
    name: 'a queue that feeds no function has no mapping',
    sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html'],
    steps: [
      {
        call: 'lambda ListEventSourceMappings',
        input: { EventSourceArn: `arn:aws:sqs:${place}:{unique}` },
        answer: { EventSourceMappings: [] },
      },
    ],
  },
];

const containers: FidelityCase[] = [
  {
    name: 'clusters and families are listed',
    sources: ['ecs API_ListClusters', 'ecs API_ListTaskDefinitionFamilies'],
    steps: [
      aCluster,
      aRevision(),
      { call: 'ecs ListClusters', answer: { clusterArns: { $holds: [`arn:aws:ecs:${place}:cluster/{unique}`] } } },
      { call: 'ecs ListTaskDefinitionFamilies', input: { familyPrefix: '{unique}' }, answer: { families: ['{unique}'] } },
    ],
  },
  {
    name: 'a repository scans on push from when that is set',
    sources: ['ecr API_PutImageScanningConfiguration'],
    steps: [
      aRepository,
      {
        call: 'ecr PutImageScanningConfiguration',
        input: { repositoryName: '{unique}', imageScanningConfiguration: { scanOnPush: true } },
        answer: { imageScanningConfiguration: { scanOnPush: true } },
      },
      {
        call: 'ecr DescribeRepositories',
        input: { repositoryNames: ['{unique}'] },
        answer: { repositories: [{ imageScanningConfiguration: { scanOnPush: true } }] },
      },
    ],
  },
  {
    name: 'a page larger than a thousand images is refused',
    sources: ['ecr API_DescribeImages'],
    others: { moto: 'Moto takes it; the page says 1,000 at most.' },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      {
        call: 'ecr DescribeImages',
        input: { repositoryName: '{unique}', maxResults: 1001 },
        refused: { name: 'InvalidParameterException' },
      },
    ],
  },
  {
    name: 'a layer is available once it was uploaded',
    sources: ['ecr API_CompleteLayerUpload', 'ecr API_BatchCheckLayerAvailability'],
    others: { moto: 'Moto has no uploads of layers.' },
    steps: [
      aRepository,
      available('UNAVAILABLE'),
      { call: 'ecr InitiateLayerUpload', input: { repositoryName: '{unique}' }, save: { upload: 'uploadId' } },
      {
        call: 'ecr CompleteLayerUpload',
        input: { repositoryName: '{unique}', uploadId: '{upload}', layerDigests: [`sha256:${'1'.repeat(64)}`] },
        refused: { name: 'EmptyUploadException' },
      },
    ],
  },
];

function available(layerAvailability: string): CallStep {
  const layerDigests = [`sha256:${'1'.repeat(64)}`];
  return {
    call: 'ecr BatchCheckLayerAvailability',
    input: { repositoryName: '{unique}', layerDigests },
    answer: { layers: [{ layerAvailability }] },
  };
}

/** What is answered where there is nothing, and what else is said of clusters and repositories. */
export const further: FidelityCase[] = [...absent, ...containers];
