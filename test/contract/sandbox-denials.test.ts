import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Denial } from '../../sandbox/iam/denial.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, aRole, writePackage } from '../fixtures/sandbox-package.ts';

const account = 'arn:aws:ecs:eu-west-1:123456789012';
/** Sends a JSON call as its event says, signed with its own credentials, and answers what came back. */
const source = `
exports.handler = async ({ target, service, input, form }) => {
  const headers = form
    ? { 'content-type': 'application/x-www-form-urlencoded' }
    : { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, 'x-amz-date': '20260105T100000Z' };
  headers.authorization = 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260105/eu-west-1/' + service + '/aws4_request, SignedHeaders=host, Signature=s';
  const response = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers, body: form ?? JSON.stringify(input) });
  return { status: response.status, body: await response.text() };
};`;
const statements = [
  { Sid: 'Services', Effect: 'Allow', Action: ['ecs:DescribeServices'], Resource: `${account}:service/shop/*` },
  { Sid: 'Register', Effect: 'Allow', Action: ['ecs:RegisterTaskDefinition'], Resource: '*' },
  {
    Sid: 'Pass',
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  },
  { Sid: 'Records', Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: { 'Fn::GetAtt': ['Records', 'Arn'] } },
  { Sid: 'Never', Effect: 'Deny', Action: 'ecs:StopTask', Resource: '*' },
  { Sid: 'All', Effect: 'Allow', Action: 'ecs:StopTask', Resource: '*' },
];
const target = { ecs: 'AmazonEC2ContainerServiceV20141113', dynamodb: 'DynamoDB_20120810' };
const denials: Denial[] = [];
const warnings: string[] = [];
let sandbox: Sandbox;
let lambda: LambdaClient;
let remove: () => void;

beforeAll(async () => {
  const packaged = writePackage({
    functions: { probe: source },
    resources: {
      Records: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'records',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        },
      },
      Narrow: aRole('narrow', statements, 'lambda.amazonaws.com'),
      Probe: aFunction('probe', { Role: { 'Fn::GetAtt': ['Narrow', 'Arn'] } }),
    },
  });
  ({ remove } = packaged);
  sandbox = await startSandbox({
    start: new Date('2026-01-05T10:00:00Z'),
    package: packaged.folder,
    fleet: false,
    warn: (text) => warnings.push(text),
  });
  sandbox.onDenied((denial) => denials.push(denial));
  lambda = new LambdaClient({ endpoint: sandbox.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
});
afterAll(async () => {
  await sandbox.close();
  remove();
});

interface Answered {
  status: number;
  body: string;
}

async function ask(service: 'ecs' | 'dynamodb', operation: string, input: object): Promise<Answered> {
  return probe({ target: `${target[service]}.${operation}`, service, input });
}

async function probe(event: object): Promise<Answered> {
  denials.length = 0;
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'probe', Payload: JSON.stringify(event) }));
  return JSON.parse(Payload?.transformToString() ?? '{}') as Answered;
}

const who = 'User: arn:aws:sts::123456789012:assumed-role/narrow/probe is not authorized to perform:';

describe("A function's call", () => {
  it('is let through where its role allows it', async () => {
    expect(await ask('dynamodb', 'GetItem', { TableName: 'records', Key: { pk: { S: 'a' } } })).toEqual({ status: 200, body: '{}' });
    expect((await ask('ecs', 'DescribeServices', { cluster: 'shop', services: ['web'] })).body).toContain('ClusterNotFoundException');
    expect(denials).toEqual([]);
  });

  it.each<[sentence: string, service: 'ecs' | 'dynamodb', operation: string, input: object, denied: string, because: string, why: RegExp]>([
    [
      'names another cluster',
      'ecs',
      'DescribeServices',
      { cluster: 'bank', services: ['web'] },
      `ecs:DescribeServices on resource: ${account}:service/bank/web`,
      'no identity-based policy allows the ecs:DescribeServices action',
      /Services \(policy narrow-policy\), names the action and these resources: .*service\/shop\/\*$/,
    ],
    [
      'names one service of another cluster',
      'ecs',
      'DescribeServices',
      { cluster: 'shop', services: ['web', `${account}:service/bank/web`] },
      `ecs:DescribeServices on resource: ${account}:service/bank/web`,
      'no identity-based policy allows',
      /names the action/,
    ],
    [
      'is another action',
      'ecs',
      'UpdateService',
      { cluster: 'shop', service: 'web' },
      `ecs:UpdateService on resource: ${account}:service/shop/web`,
      'no identity-based policy allows',
      /Services \(policy narrow-policy\), names the resource and not the action/,
    ],
    [
      'hands a role to another service',
      'ecs',
      'RegisterTaskDefinition',
      { family: 'web', containerDefinitions: [], taskRoleArn: 'web' },
      'iam:PassRole on resource: arn:aws:iam::123456789012:role/web',
      'no identity-based policy allows',
      /on a condition that does not hold: .*the call carries .*ecs-tasks/,
    ],
    [
      'tags what it creates',
      'ecs',
      'RegisterTaskDefinition',
      { family: 'web', containerDefinitions: [], tags: [{ key: 'a', value: 'b' }] },
      `ecs:TagResource on resource: ${account}:task-definition/web:*`,
      'no identity-based policy allows',
      /Register \(policy narrow-policy\), names the resource and not the action/,
    ],
    [
      'is denied',
      'ecs',
      'StopTask',
      { cluster: 'shop', task: '1' },
      `ecs:StopTask on resource: ${account}:task/shop/1`,
      'explicit deny in an identity-based policy',
      /Never \(policy narrow-policy\) of role narrow denies ecs:StopTask/,
    ],
    [
      'writes to the table that it may only read',
      'dynamodb',
      'PutItem',
      { TableName: 'records', Item: { pk: { S: 'a' } } },
      'dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/records',
      'no identity-based policy allows',
      /Records \(policy narrow-policy\), names the resource and not the action/,
    ],
  ])('is denied where it %s', async (_, service, operation, input, denied, because, why) => {
    const { status, body } = await ask(service, operation, input);
    const { __type: type, ...told } = JSON.parse(body) as { __type: string; message?: string; Message?: string };
    expect([status, type.split('#').at(-1)]).toEqual([service === 'ecs' ? 403 : 400, 'AccessDeniedException']);
    expect(told.message ?? told.Message).toContain(`${who} ${denied} `);
    expect(told.message ?? told.Message).toContain(because);
    const [action, resource] = denied.split(' on resource: ');
    expect(denials).toEqual([{ caller: 'probe', action, resource, why: expect.stringMatching(why) }]);
    expect(warnings.at(-1)).toBe(`probe may not call ${action} on ${resource}: ${denials[0]?.why}`);
  });

  it('is denied in the words of SNS, where it is one of SNS', async () => {
    const form = 'Action=Publish&Version=2010-03-31&TopicArn=arn:aws:sns:eu-west-1:123456789012:t&Message=m';
    const { status, body } = await probe({ service: 'sns', form });
    expect(status).toBe(403);
    expect(body).toContain('<Code>AuthorizationError</Code>');
    expect(body).toContain(
      `${who} SNS:Publish on resource: arn:aws:sns:eu-west-1:123456789012:t because no identity-based policy allows the SNS:Publish action`,
    );
  });

  it('does nothing where it is denied', async () => {
    const call = { TableName: 'records', Key: { pk: { S: 'a' } } };
    expect(await ask('dynamodb', 'GetItem', call)).toEqual({ status: 200, body: '{}' });
  });

  it('is not judged where no function made it', async () => {
    await expect(sandbox.call('ecs', 'CreateCluster', { clusterName: 'bank' })).resolves.toMatchObject({
      cluster: { clusterName: 'bank' },
    });
  });

  it('counts for the grant that allowed it', () => {
    expect(sandbox.grantsUsed().filter(({ action }) => !action.startsWith('logs:'))).toEqual([
      { caller: 'probe', policy: 'narrow-policy', statement: 'Services', action: 'ecs:DescribeServices', uses: 2 },
      { caller: 'probe', policy: 'narrow-policy', statement: 'Register', action: 'ecs:RegisterTaskDefinition', uses: 2 },
      { caller: 'probe', policy: 'narrow-policy', statement: 'Records', action: 'dynamodb:GetItem', uses: 2 },
    ]);
    expect(
      sandbox
        .grants()
        .filter(({ uses }) => uses === 0)
        .map(({ action }) => action),
    ).toEqual(['iam:PassRole', 'ecs:StopTask']);
  });
});
