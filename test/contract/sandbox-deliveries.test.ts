import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, aQueue, writePackage } from '../fixtures/sandbox-package.ts';

/** Writes what it gets into its log, as one line. */
const echo = `exports.handler = async (event) => { process.stdout.write(JSON.stringify(event) + '\\n'); return event.answer; };`;
const start = new Date('2026-01-05T10:00:00.000Z');
const arnOf = (logicalId: string): object => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

let running: { sandbox: Sandbox; heard: unknown[]; warnings: string[]; remove: () => void } | undefined;

async function run(resources: Record<string, object>, source = echo): Promise<NonNullable<typeof running>> {
  const packaged = writePackage({ functions: { echo: source }, resources: { Echo: aFunction('echo'), ...resources } });
  const warnings: string[] = [];
  const sandbox = await startSandbox({ start, package: packaged.folder, fleet: false, warn: (text) => warnings.push(text) });
  const heard: unknown[] = [];
  sandbox.onLog(({ line }) => heard.push(JSON.parse(line)));
  running = { sandbox, heard, warnings, remove: packaged.remove };
  return running;
}

afterEach(async () => {
  await running?.sandbox.close();
  running?.remove();
  running = undefined;
});

function clientSettings({ endpoint }: Sandbox): {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
} {
  return { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
}

const bodies = async (sandbox: Sandbox, queue: string): Promise<unknown[]> =>
  sandbox.world.sqs.queues
    .get(queue)
    .queue.peek()
    .map(({ body }) => JSON.parse(body) as unknown);

/** A rule on the tests' own events, its target, and by default the permission to call it. */
function aRule(target: object, permitted = true): Record<string, object> {
  const permission = {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: { Ref: 'Echo' },
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: arnOf('Rule'),
    },
  };
  const properties = {
    Name: 'a-rule',
    EventPattern: { source: ['tests'], detail: { kind: ['wanted'] } },
    Targets: [{ Id: 'one', ...target }],
  };
  return { Rule: { Type: 'AWS::Events::Rule', Properties: properties }, ...(permitted && { Permission: permission }) };
}

async function put({ sandbox }: NonNullable<typeof running>, detail: object): Promise<void> {
  const entry = { Source: 'tests', DetailType: 'Test', Detail: JSON.stringify(detail) };
  await new EventBridgeClient(clientSettings(sandbox)).send(new PutEventsCommand({ Entries: [entry] }));
  await sandbox.clock.settle();
}

describe('A rule', () => {
  it('calls its function with the event it asks for, and with no other', async () => {
    const world = await run(aRule({ Arn: arnOf('Echo') }));
    await put(world, { kind: 'other' });
    await put(world, { kind: 'wanted' });
    expect(world.heard).toEqual([
      {
        version: '0',
        id: expect.any(String),
        source: 'tests',
        'detail-type': 'Test',
        resources: [],
        detail: { kind: 'wanted' },
        account: '123456789012',
        time: '2026-01-05T10:00:00Z',
        region: 'eu-west-1',
      },
    ]);
  });

  it.each<[sentence: string, target: object, heard: unknown]>([
    ['gives a constant', { Input: '{"always":"this"}' }, { always: 'this' }],
    ['gives a part', { InputPath: '$.detail' }, { kind: 'wanted', n: 1 }],
    [
      'gives a text made of parts',
      {
        InputTransformer: {
          InputPathsMap: { kind: '$.detail.kind', n: '$.detail.n' },
          InputTemplate: '{"what":"a <kind> one","count":<n>,"kind":<kind>}',
        },
      },
      { what: 'a wanted one', count: 1, kind: 'wanted' },
    ],
  ])('%s', async (_, input, heard) => {
    const world = await run(aRule({ Arn: arnOf('Echo'), ...input }));
    await put(world, { kind: 'wanted', n: 1 });
    expect(world.heard).toEqual([heard]);
  });

  it('without permission to its function sends the event to its dead-letter queue', async () => {
    const world = await run({
      ...aRule({ Arn: arnOf('Echo'), DeadLetterConfig: { Arn: arnOf('Dead') } }, false),
      ...aQueue('Dead', 'events.amazonaws.com'),
    });
    await put(world, { kind: 'wanted' });
    expect(world.heard).toEqual([]);
    const [message] = world.sandbox.world.sqs.queues.get('Dead').queue.peek();
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ source: 'tests', detail: { kind: 'wanted' } });
    expect(message?.messageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      RULE_ARN: { StringValue: 'arn:aws:events:eu-west-1:123456789012:rule/a-rule' },
    });
  });

  it('whose dead-letter queue does not let it in drops the event, and that is told', async () => {
    const world = await run({
      ...aRule({ Arn: arnOf('Echo'), DeadLetterConfig: { Arn: arnOf('Dead') } }, false),
      ...aQueue('Dead', 'sns.amazonaws.com'),
    });
    await put(world, { kind: 'wanted' });
    expect(await bodies(world.sandbox, 'Dead')).toEqual([]);
    expect(world.warnings).toEqual([expect.stringMatching(/Rule a-rule dropped.*no permission.*did not take it/)]);
  });
});

const subscription = (Protocol: string, Endpoint: object, more: object = {}): object => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol, Endpoint, ...more },
});

const publish = async ({ sandbox }: NonNullable<typeof running>, level: string, Subject?: string): Promise<void> => {
  const MessageAttributes = { level: { DataType: 'String', StringValue: level } };
  const input = {
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    Message: `it is ${level}`,
    MessageAttributes,
    ...(Subject !== undefined && { Subject }),
  };
  await new SNSClient(clientSettings(sandbox)).send(new PublishCommand(input));
  await sandbox.clock.settle();
};

describe('A topic', () => {
  const topic = { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } } };

  it('gives a queue what its filter wants, in an envelope', async () => {
    const world = await run({
      ...topic,
      ...aQueue('Inbox', 'sns.amazonaws.com'),
      Sub: subscription('sqs', arnOf('Inbox'), { FilterPolicy: { level: ['critical'] } }),
    });
    await publish(world, 'info');
    await publish(world, 'critical', 'Look');
    expect(await bodies(world.sandbox, 'Inbox')).toMatchObject([
      {
        Type: 'Notification',
        Subject: 'Look',
        Message: 'it is critical',
        MessageAttributes: { level: { Type: 'String', Value: 'critical' } },
      },
    ]);
    expect(world.sandbox.messages.map(({ message }) => message)).toEqual(['it is info', 'it is critical']);
  });

  it('does not reach a queue whose policy does not let it in, and that is told', async () => {
    const world = await run({ ...topic, ...aQueue('Inbox', 'events.amazonaws.com'), Sub: subscription('sqs', arnOf('Inbox')) });
    await publish(world, 'info');
    expect(await bodies(world.sandbox, 'Inbox')).toEqual([]);
    expect(world.warnings).toEqual([expect.stringContaining('does not let sns.amazonaws.com send')]);
  });

  it.each<[sentence: string, input: object, code: string]>([
    ['refuses a subject of a hundred characters', { Subject: 'x'.repeat(100) }, 'InvalidParameterException'],
    ['refuses a subject with a line break', { Subject: 'a\nb' }, 'InvalidParameterException'],
    [
      'refuses an attribute without a value',
      { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValueException',
    ],
    [
      'refuses an attribute with a strange name',
      { MessageAttributes: { 'a b': { DataType: 'String', StringValue: 'c' } } },
      'InvalidParameterValueException',
    ],
    ['refuses a message over 256 KiB', { Message: 'ä'.repeat(131_073) }, 'InvalidParameterException'],
    ['refuses an empty message', { Message: '' }, 'InvalidParameterException'],
  ])('%s', async (_, input, code) => {
    const { sandbox } = await run(topic);
    const all = { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts', Message: 'a', ...input };
    await expect(sandbox.call('sns', 'Publish', all)).rejects.toMatchObject({ code });
  });

  it('takes a subject of 99 characters and a message of 256 KiB', async () => {
    const { sandbox } = await run(topic);
    await sandbox.call('sns', 'Publish', {
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
      Message: 'ä'.repeat(131_072),
      Subject: 'x'.repeat(99),
    });
    expect(sandbox.messages).toHaveLength(1);
  });
});

const fed = (source: string): Parameters<typeof run> => [
  {
    ...aQueue('Dead'),
    Inbox: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'Inbox',
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: arnOf('Inbox'),
        FunctionName: { Ref: 'Echo' },
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  },
  source,
];

const send = (sandbox: Sandbox, MessageBody: string): Promise<unknown> =>
  sandbox.call('sqs', 'SendMessage', { QueueUrl: 'Inbox', MessageBody });

describe('A queue', () => {
  it('feeds its function, and keeps the messages that it names as failed until they are dead', async () => {
    const partial = `exports.handler = async ({ Records }) => {
      process.stdout.write(JSON.stringify(Records.map(({ body }) => body)) + '\\n');
      return { batchItemFailures: Records.filter(({ body }) => body === '"bad"').map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };`;
    const { sandbox, heard } = await run(...fed(partial));
    await Promise.all([send(sandbox, '"good"'), send(sandbox, '"bad"')]);
    await sandbox.clock.settle();
    expect(await bodies(sandbox, 'Inbox')).toEqual(['bad']);
    await sandbox.clock.advance(300_000);
    expect(heard.flat()).toEqual(['"good"', '"bad"', '"bad"']);
    expect([await bodies(sandbox, 'Inbox'), await bodies(sandbox, 'Dead')]).toEqual([[], ['bad']]);
  });

  it('waits in sandbox time for a message that is asked for with patience', async () => {
    const { sandbox } = await run(aQueue('Patient'));
    const sqs = new SQSClient(clientSettings(sandbox));
    const QueueUrl = `${sandbox.endpoint}/123456789012/Patient`;
    const asked = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    sandbox.clock.agenda.at(
      new Date(start.getTime() + 5000),
      () => void sandbox.call('sqs', 'SendMessage', { QueueUrl: 'Patient', MessageBody: 'late' }),
    );
    sandbox.clock.speed = Infinity;
    const { Messages = [] } = await asked;
    expect(Messages).toMatchObject([{ Body: 'late' }]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    expect(sandbox.world.sqs.queues.get('Patient').queue.counts()).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  });
});

const schedule = (expression: string, more: object = {}): Record<string, object> => ({
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'tick',
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: arnOf('Echo'),
        RoleArn: 'arn:aws:iam::123456789012:role/small',
        Input: '{"at":"<aws.scheduler.scheduled-time>"}',
      },
      ...more,
    },
  },
});

describe('A schedule', () => {
  it('fires at each of its times within a jump', async () => {
    const { sandbox, heard } = await run(schedule('rate(1 minute)'));
    await sandbox.clock.advance(180_000);
    expect(heard).toEqual([{ at: '2026-01-05T10:01:00Z' }, { at: '2026-01-05T10:02:00Z' }, { at: '2026-01-05T10:03:00Z' }]);
  });

  it('fires in its time zone', async () => {
    const { sandbox, heard } = await run(schedule('cron(0 12 * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' }));
    await sandbox.clock.advance(86_400_000);
    expect(heard).toEqual([{ at: '2026-01-05T11:00:00Z' }]);
  });

  it('does not fire when it is disabled', async () => {
    const { sandbox, heard } = await run(schedule('rate(1 minute)', { State: 'DISABLED' }));
    await sandbox.clock.advance(180_000);
    expect(heard).toEqual([]);
  });

  it('is refused where its expression is none', async () => {
    await expect(run(schedule('cron(0 20 * * MON-FRI *)'))).rejects.toThrow(/AWS::Scheduler::Schedule \(Schedule\).*one is \?/);
  });
});
