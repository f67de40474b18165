import { GetItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateClusterCommand, DescribeClustersCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, aQueue, aRole, writePackage } from '../fixtures/sandbox-package.ts';

const start = new Date('2026-01-05T10:00:00.000Z');
let sandbox: Sandbox;
let ecs: ECSClient;
let dynamo: DynamoDBClient;
const warnings: string[] = [];

beforeEach(async () => {
  warnings.length = 0;
  const packaged = writePackage({
    functions: { probe: 'exports.handler = async () => {};' },
    resources: {
      ...aQueue('Inbox', 'events.amazonaws.com'),
      ...aQueue('Dead', 'events.amazonaws.com'),
      Other: aRole('other', [{ Effect: 'Allow', Action: '*', Resource: '*' }], 'scheduler.amazonaws.com'),
      Probe: aFunction('probe'),
      Records: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'records',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        },
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'orders',
          EventPattern: { source: ['shop'] },
          Targets: [
            {
              Id: '1',
              Arn: { 'Fn::GetAtt': ['Inbox', 'Arn'] },
              DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
              RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
            },
          ],
        },
      },
    },
  });
  sandbox = await startSandbox({ start, package: packaged.folder, fleet: false, warn: (text) => warnings.push(text) });
  packaged.remove();
  const settings = {
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'someone', secretAccessKey: 'x' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
  };
  ecs = new ECSClient(settings);
  dynamo = new DynamoDBClient(settings);
});
afterEach(() => sandbox.close());

async function order(body: object): Promise<unknown> {
  return (await fetch(`${sandbox.endpoint}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })).json();
}
const create = async (clusterName: string): Promise<unknown> => ecs.send(new CreateClusterCommand({ clusterName }));
const clusters = async (): Promise<number> =>
  ((await sandbox.call('ecs', 'ListClusters', {})) as { clusterArns: string[] }).clusterArns.length;
const put = async (): Promise<unknown> => dynamo.send(new PutItemCommand({ TableName: 'records', Item: { pk: { S: 'a' } } }));
const isThere = async (): Promise<boolean> =>
  (await dynamo.send(new GetItemCommand({ TableName: 'records', Key: { pk: { S: 'a' } } }))).Item !== undefined;

describe('A call that goes wrong as ordered', () => {
  it.each<[sentence: string, order: object, error: string]>([
    ['is throttled', { fault: 'throttle', times: 2 }, 'ThrottlingException'],
    ['fails', { fault: 'fail', times: 2 }, 'InternalServerError'],
    ['fails with the error that is named', { fault: 'fail', error: 'ServerException', times: 2 }, 'ServerException'],
    ['is not answered in time', { fault: 'time-out', times: 2 }, 'TimeoutError'],
  ])('%s so many times and does nothing', async (_, fault, error) => {
    await order({ ...fault, operation: 'ecs:CreateCluster' });
    await expect(create('a')).rejects.toMatchObject({ name: error });
    await expect(create('a')).rejects.toMatchObject({ name: error });
    expect(await clusters()).toBe(0);
    await expect(create('a')).resolves.toMatchObject({ cluster: { clusterName: 'a' } });
  });

  it('is done and its answer lost', async () => {
    await order({ fault: 'lose-answer', operation: 'ecs:CreateCluster', times: 1 });
    await expect(create('a')).rejects.toMatchObject({ message: expect.stringContaining('socket hang up') });
    expect(await clusters()).toBe(1);
  });

  it.each<[sentence: string, fault: string, error: object, done: boolean]>([
    ['throttled', 'throttle', { name: 'ThrottlingException' }, false],
    ['not answered in time', 'time-out', { name: 'TimeoutError' }, false],
    ['done and its answer lost', 'lose-answer', { message: expect.stringContaining('socket hang up') }, true],
  ])('may be one of DynamoDB: %s', async (_, fault, error, done) => {
    await order({ fault, operation: 'dynamodb:PutItem', times: 1 });
    await expect(put()).rejects.toMatchObject(error);
    expect(await isThere()).toBe(done);
  });

  it('may be any of a service', async () => {
    await order({ fault: 'throttle', operation: 'ecs:*', times: 2 });
    await expect(ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(ecs.send(new DescribeClustersCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('is one of the caller that is named', async () => {
    await order({ fault: 'throttle', operation: 'ecs:CreateCluster', times: 1, caller: 'somebody-else' });
    await expect(create('a')).resolves.toBeDefined();
    await order({ fault: 'throttle', operation: 'ecs:CreateCluster', times: 1, caller: 'someone' });
    await expect(create('b')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('goes right again once the order is taken back', async () => {
    await order({ fault: 'throttle', operation: 'ecs:CreateCluster', times: 9 });
    await order({ fault: 'throttle', operation: 'ecs:CreateCluster', times: 0 });
    await expect(create('a')).resolves.toBeDefined();
  });

  it.each<[sentence: string, order: object, error: RegExp]>([
    ['no operation', { fault: 'throttle', times: 1 }, /service:Name.*found $/],
    ['no number', { fault: 'fail', operation: 'ecs:UpdateService' }, /times is how many calls/],
    ['no detail-type', { fault: 'drop-events' }, /detail-type says which events/],
    ['no delay', { fault: 'delay-events', 'detail-type': 'x' }, /by says how late/],
    ['no target', { fault: 'throttle-target' }, /target is the ARN/],
    [
      'a fault that there is not',
      { fault: 'earthquake' },
      /spot-interruption, .*throttle, fail, time-out, lose-answer, drop-events, .*throttle-target, .*load; found earthquake/,
    ],
  ])('is not ordered with %s', async (_, body, error) => {
    expect(await order(body)).toEqual({ error: expect.stringMatching(error) });
  });
});

async function emit(id: string): Promise<void> {
  await sandbox.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: JSON.stringify({ id }) }] });
  await sandbox.clock.settle();
}

interface Arrived {
  Body: string;
  ReceiptHandle: string;
  MessageAttributes?: Record<string, { StringValue: string }>;
}

async function take(QueueUrl = 'Inbox'): Promise<Arrived[]> {
  const { Messages = [] } = (await sandbox.call('sqs', 'ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ['All'],
  })) as { Messages?: Arrived[] };
  for (const { ReceiptHandle } of Messages) await sandbox.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
  return Messages;
}
const ids = async (): Promise<string[]> => (await take()).map(({ Body }) => (JSON.parse(Body) as { detail: { id: string } }).detail.id);

describe('An event on its way', () => {
  it('is lost so many times', async () => {
    await order({ fault: 'drop-events', 'detail-type': 'Order placed', times: 1 });
    await emit('a');
    await emit('b');
    expect(await ids()).toEqual(['b']);
  });

  it('is delivered twice', async () => {
    await order({ fault: 'duplicate-events', 'detail-type': 'Order placed', times: 1 });
    await emit('a');
    await emit('b');
    expect(await ids()).toEqual(['a', 'a', 'b']);
  });

  it('comes late, after one that was younger', async () => {
    await order({ fault: 'delay-events', 'detail-type': 'Order placed', times: 1, by: '90s' });
    await emit('a');
    await emit('b');
    await sandbox.clock.advance(89_999);
    expect(await ids()).toEqual(['b']);
    await sandbox.clock.advance(1);
    expect(await ids()).toEqual(['a']);
  });

  it('is of the detail-type that is named', async () => {
    await order({ fault: 'drop-events', 'detail-type': 'Order cancelled', times: 1 });
    await emit('a');
    expect(await ids()).toEqual(['a']);
  });
});

describe('A target that is throttled', () => {
  it('is tried again, later and later, until it takes the event', async () => {
    await order({ fault: 'throttle-target', target: 'Inbox', times: 2 });
    await emit('a');
    await sandbox.clock.advance(2_999);
    expect(await ids()).toEqual([]);
    await sandbox.clock.advance(1);
    expect(await ids()).toEqual(['a']);
  });

  it('is given up after as many retries as the policy has, to the dead-letter queue', async () => {
    await order({ fault: 'throttle-target', target: 'Inbox', times: 4 });
    await emit('a');
    await sandbox.clock.advance(60_000);
    const [dead] = await take('Dead');
    expect(await ids()).toEqual([]);
    expect(dead?.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'THROTTLING' },
      RETRY_ATTEMPTS: { StringValue: '3' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
    });
  });

  it('is given up once the run of a schedule is too old', async () => {
    await sandbox.call('scheduler', 'CreateSchedule', {
      Name: 'soon',
      ScheduleExpression: 'at(2026-01-05T10:01:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:probe',
        RoleArn: 'arn:aws:iam::123456789012:role/other',
        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:123456789012:Dead' },
      },
    });
    await order({ fault: 'throttle-target', target: 'probe', times: 100 });
    await sandbox.clock.advance(119_999);
    expect(await take('Dead')).toEqual([]);
    await sandbox.clock.advance(1);
    const [dead] = await take('Dead');
    expect(dead?.MessageAttributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumEventAgeInSeconds' },
      RETRY_ATTEMPTS: { StringValue: '5' },
    });
  });
});
