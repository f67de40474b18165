import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTimeToLiveCommand, DynamoDBClient, GetItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallRecord } from '../../sandbox/call-record.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

let sandbox: Sandbox;
let settings: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string }; maxAttempts: number };

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00Z'), extraMembers: ['ecs.ContainerDefinition.futureField'] });
  settings = {
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'someone', secretAccessKey: 'x' },
    maxAttempts: 1,
  };
});
afterAll(() => sandbox.close());

/** A call as it goes over the wire, which the SDK would not let through. */
async function wire(
  target: string,
  input: string | object,
): Promise<{ status: number; answer: Record<string, unknown>; headers: Headers }> {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const response = await fetch(sandbox.endpoint, {
    method: 'POST',
    headers,
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown>, headers: response.headers };
}

async function form(fields: Record<string, string>): Promise<{ status: number; text: string }> {
  const response = await fetch(sandbox.endpoint, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, text: await response.text() };
}

const ecs = 'AmazonEC2ContainerServiceV20141113';

describe('The SDK understands', () => {
  it('JSON: a queue, and the error that there is none', async () => {
    const sqs = new SQSClient(settings);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'protocols' }));
    expect(QueueUrl).toBe(`${sandbox.endpoint}/123456789012/protocols`);
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'checked by its MD5' }))).resolves.toBeDefined();
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'missing' }))).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('the query protocol: topics, and the error that there is none', async () => {
    const sns = new SNSClient(settings);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'a-topic', Attributes: { DisplayName: 'Fish & <chips>' } }));
    expect(await sns.send(new ListTopicsCommand({}))).toMatchObject({ Topics: [{ TopicArn }] });
    await expect(sns.send(new PublishCommand({ TopicArn: `${TopicArn}x`, Message: 'a' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    await expect(new CloudFormationClient(settings).send(new DescribeStacksCommand({ StackName: 'none' }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it('REST: functions, and the error that there is no schedule', async () => {
    expect(await new LambdaClient(settings).send(new ListFunctionsCommand({}))).toMatchObject({ Functions: [] });
    await expect(new SchedulerClient(settings).send(new GetScheduleCommand({ Name: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('DynamoDB, which is a real engine, refusals included', async () => {
    const dynamodb = new DynamoDBClient(settings);
    await expect(dynamodb.send(new GetItemCommand({ TableName: 'none', Key: { pk: { S: 'a' } } }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const expiry = { TableName: 'none', TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };
    await expect(dynamodb.send(new UpdateTimeToLiveCommand(expiry))).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it('any credentials in any region', async () => {
    const identity = await new STSClient({ ...settings, region: 'ap-south-1' }).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/sandbox' });
  });

  it('an event pattern that is refused', async () => {
    const bad = new TestEventPatternCommand({ EventPattern: '{"a":"b"}', Event: '{}' });
    await expect(new EventBridgeClient(settings).send(bad)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });
});

describe('A query in an address', () => {
  const asked = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  it.each<[sentence: string, signature: Record<string, string>]>([
    ['without a signature', {}],
    [
      'signed in the address',
      { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': 'a/20260105/eu-west-1/sts/aws4_request', 'X-Amz-Signature': 's' },
    ],
    ['signed by version 2', { AWSAccessKeyId: 'a', SignatureVersion: '2', SignatureMethod: 'HmacSHA256', Timestamp: 't', Signature: 's' }],
  ])('is answered %s', async (_, signature) => {
    const response = await fetch(`${sandbox.endpoint}/?${new URLSearchParams({ ...asked, ...signature }).toString()}`);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<Account>123456789012</Account>')]);
  });
});

it('A body in chunks is read to its end', async () => {
  const body = new ReadableStream({
    start: (chunks) => {
      for (const chunk of ['{"maxResu', 'lts":', '1}']) chunks.enqueue(new TextEncoder().encode(chunk));
      chunks.close();
    },
  });
  const headers = { 'x-amz-target': `${ecs}.ListClusters`, 'content-type': 'application/x-amz-json-1.1' };
  const response = await fetch(sandbox.endpoint, { method: 'POST', headers, body, duplex: 'half' });
  expect(await response.json()).toEqual({ clusterArns: [] });
});

describe('What the model does not allow is answered as AWS answers it:', () => {
  const refused: [sentence: string, target: string, input: string | object, code: string, message: RegExp][] = [
    ['an operation that there is not', `${ecs}.DoEverything`, {}, 'UnknownOperationException', /DoEverything/],
    [
      'an operation of AWS that the sandbox lacks',
      `${ecs}.CreateCapacityProvider`,
      { name: 'a', autoScalingGroupProvider: { autoScalingGroupArn: 'a' } },
      'UnknownOperationException',
      /CreateCapacityProvider/,
    ],
    ['a service that it lacks', 'Kinesis_20131202.ListStreams', {}, 'UnknownOperationException', /Kinesis_20131202\.ListStreams/],
    ['a member that there is not', `${ecs}.DescribeServices`, { servic: ['a'], services: ['a'] }, 'SerializationException', /servic/],
    [
      'a member that there is not, deep down',
      `${ecs}.RegisterTaskDefinition`,
      { family: 'a', containerDefinitions: [{ nam: 'a' }] },
      'SerializationException',
      /containerDefinitions\[0\]\.nam$/,
    ],
    ['a member that is missing, in ECS', `${ecs}.DescribeServices`, {}, 'InvalidParameterException', /services/],
    [
      'a member that is missing, in ECR',
      'AmazonEC2ContainerRegistry_V20150921.DescribeImages',
      {},
      'InvalidParameterException',
      /repositoryName/,
    ],
    [
      'a member that is missing, in EventBridge',
      'AWSEvents.DescribeRule',
      {},
      'ValidationException',
      /1 validation error detected: Value null at 'name'/,
    ],
    ['a member that is missing, in SQS', 'AmazonSQS.SendMessage', { QueueUrl: 'a' }, 'MissingParameter', /MessageBody/],
    [
      'a text for a number',
      `${ecs}.UpdateService`,
      { service: 'a', desiredCount: '2' },
      'SerializationException',
      /STRING_VALUE at desiredCount/,
    ],
    ['a text for a list', `${ecs}.DescribeServices`, { services: 'a' }, 'SerializationException', /services/],
    [
      'a page larger than there are',
      'AmazonEC2ContainerRegistry_V20150921.DescribeImages',
      { repositoryName: 'web', maxResults: 1001 },
      'InvalidParameterException',
      /^Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'$/,
    ],
    [
      'several members at once',
      'AWSEvents.PutRule',
      { Name: 'a b', State: 'ON' },
      'ValidationException',
      /^2 validation errors detected: Value 'a b' at 'name' failed .*; Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum/,
    ],
    ['a body that is no JSON', `${ecs}.ListClusters`, '{', 'SerializationException', /not JSON/],
  ];
  it.each(refused)('%s', async (_, target, input, code, message) => {
    const { status, answer } = await wire(target, input);
    expect([status, answer['__type']]).toEqual([400, code]);
    expect(answer['message']).toMatch(message);
  });

  it('a query action that there is not', async () => {
    const { status, text } = await form({ Action: 'Shout', Version: '2010-03-31' });
    expect([status, text]).toEqual([400, expect.stringContaining('<Code>InvalidAction</Code>')]);
  });

  it('a query field that there is not, and one that is missing', async () => {
    expect((await form({ Action: 'ListTopics', Version: '2010-03-31', Loud: 'yes' })).text).toContain('Unknown member: Loud');
    expect((await form({ Action: 'Publish', Version: '2010-03-31' })).text).toContain(
      '<Code>InvalidParameter</Code><Message>Invalid parameter: Message Reason: no value',
    );
  });

  it('a path that there is not', async () => {
    const response = await fetch(`${sandbox.endpoint}/2015-03-31/nothing`);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([404, 'UnknownOperationException']);
  });

  it('an error of SQS under its old name too', async () => {
    const { headers } = await wire('AmazonSQS.GetQueueUrl', { QueueName: 'missing' });
    expect(headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  });
});

const register = (members: object): Promise<{ status: number; answer: Record<string, unknown> }> =>
  wire(`${ecs}.RegisterTaskDefinition`, { family: 'future', containerDefinitions: [{ name: 'web', image: 'web:1', ...members }] });

describe('A member of a future AWS', () => {
  it('is stored and answered where it was declared', async () => {
    await register({ futureField: { a: [1, { b: 'c' }] } });
    const { answer } = await wire(`${ecs}.DescribeTaskDefinition`, { taskDefinition: 'future' });
    expect(answer).toMatchObject({ taskDefinition: { containerDefinitions: [{ name: 'web', futureField: { a: [1, { b: 'c' }] } }] } });
  });

  it('is refused where it was not', async () => {
    expect(await register({ otherField: 1 })).toMatchObject({ status: 400, answer: { __type: 'SerializationException' } });
  });

  it('is declared by service, shape and member', async () => {
    await expect(startSandbox({ extraMembers: ['futureField'] })).rejects.toThrow('ecs.ContainerDefinition.futureField');
  });
});

describe('Who watches the calls', () => {
  it('sees each with its input, its caller and its error', async () => {
    const seen: CallRecord[] = [];
    const leave = sandbox.onCall((call) => seen.push(call));
    await new SQSClient(settings).send(new GetQueueUrlCommand({ QueueName: 'missing' })).catch(() => undefined);
    await new DynamoDBClient(settings).send(new GetItemCommand({ TableName: 'none', Key: { pk: { S: 'a' } } })).catch(() => undefined);
    leave();
    expect(seen).toMatchObject([
      { service: 'sqs', operation: 'GetQueueUrl', input: { QueueName: 'missing' }, caller: 'someone', error: 'QueueDoesNotExist' },
      { service: 'dynamodb', operation: 'GetItem', input: { TableName: 'none' }, caller: 'someone', error: 'ResourceNotFoundException' },
    ]);
  });
});
