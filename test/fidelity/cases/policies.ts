import type { CallStep, FidelityCase } from '../case.ts';
import { account, aRepository, place } from './fragments.ts';

const other = '111122223333';
const text = JSON.stringify({
  Version: '2008-10-17',
  Statement: [{ Sid: 'pull', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${other}:root` }, Action: ['ecr:BatchGetImage'] }],
});
const policyText = { $json: JSON.parse(text) as object };
const onRepository = (operation: string): CallStep => ({ call: `ecr ${operation}`, input: { repositoryName: '{unique}' } });
const noPolicy = { name: 'RepositoryPolicyNotFoundException' };

const repositories: FidelityCase[] = [
  {
    name: 'a repository has no policy until one is set, and none once it is deleted',
    sources: ['ecr API_SetRepositoryPolicy', 'ecr API_GetRepositoryPolicy', 'ecr API_DeleteRepositoryPolicy'],
    steps: [
      aRepository,
      { ...onRepository('GetRepositoryPolicy'), refused: noPolicy },
      {
        call: 'ecr SetRepositoryPolicy',
        input: { repositoryName: '{unique}', policyText: text },
        answer: { registryId: account, repositoryName: '{unique}', policyText },
      },
      { ...onRepository('GetRepositoryPolicy'), answer: { policyText } },
      { ...onRepository('DeleteRepositoryPolicy'), answer: { policyText } },
      { ...onRepository('DeleteRepositoryPolicy'), refused: noPolicy },
    ],
  },
  {
    name: 'a policy of a repository that is none is refused',
    sources: ['ecr API_SetRepositoryPolicy'],
    steps: [
      aRepository,
      {
        call: 'ecr SetRepositoryPolicy',
        input: { repositoryName: '{unique}', policyText: 'everybody' },
        refused: { name: 'InvalidParameterException' },
      },
      { ...onRepository('GetRepositoryPolicy'), refused: noPolicy },
    ],
  },
];

const theBus = (answer: Record<string, unknown>): CallStep => ({ call: 'events DescribeEventBus', answer });
const gone: CallStep = { call: 'events RemovePermission', input: { StatementId: '{unique}' } };

const buses: FidelityCase[] = [
  {
    name: 'the bus tells in its policy whom it lets put events, until that is removed',
    sources: ['events API_PutPermission', 'events API_DescribeEventBus', 'events API_RemovePermission'],
    steps: [
      { call: 'events PutPermission', input: { StatementId: '{unique}', Action: 'events:PutEvents', Principal: other } },
      theBus({
        Name: 'default',
        Policy: {
          $json: {
            Statement: {
              $holds: [
                {
                  Sid: '{unique}',
                  Effect: 'Allow',
                  Principal: { AWS: `arn:aws:iam::${other}:root` },
                  Action: 'events:PutEvents',
                  Resource: `arn:aws:events:${place}:event-bus/default`,
                },
              ],
            },
          },
        },
      }),
      gone,
      { ...gone, refused: { name: 'ResourceNotFoundException' } },
    ],
  },
];

const RoleArn = `arn:aws:iam::${account}:role/{unique}`;

const roles: FidelityCase[] = [
  {
    name: 'a function wants a role that Lambda can assume',
    sources: ['https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html'],
    steps: [
      {
        call: 'lambda CreateFunction',
        input: {
          FunctionName: '{unique}',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: RoleArn,
          Code: { ZipFile: new Uint8Array(4) },
        },
        refused: {
          name: 'InvalidParameterValueException',
          message: 'The role defined for the function cannot be assumed by Lambda.',
        },
      },
    ],
  },
  {
    name: 'a schedule wants a role that Scheduler can assume',
    sources: ['https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html', 'seen in answers of CreateSchedule'],
    others: { moto: 'Moto does not look at the role of a schedule.' },
    steps: [
      {
        call: 'scheduler CreateSchedule',
        input: {
          Name: '{unique}',
          ScheduleExpression: 'rate(1 minute)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: `arn:aws:lambda:${place}:function:tick`, RoleArn },
        },
        refused: {
          name: 'ValidationException',
          message: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
        },
      },
    ],
  },
];

/** Who may do what: policies of repositories and of the bus, and the roles by which AWS acts. */
export const policies: FidelityCase[] = [...repositories, ...buses, ...roles];
