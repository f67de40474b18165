import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aQueue } from '../fixtures/sandbox-package.ts';
import { arnOf, bodies, clientSettings, runSmall, type SmallSandbox } from '../fixtures/small-sandbox.ts';

let running: SmallSandbox | undefined;

async function run(...given: Parameters<typeof runSmall>): Promise<SmallSandbox> {
  running = await runSmall(...given);
  return running;
}

afterEach(async () => {
  await running?.close();
  running = undefined;
});

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

async function put({ sandbox }: SmallSandbox, detail: object): Promise<void> {
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
    expect(bodies(world.sandbox, 'Dead')).toEqual([]);
    expect(world.warnings).toEqual([expect.stringMatching(/Rule a-rule dropped.*no permission.*did not take it/)]);
  });

  const topicArn = 'arn:aws:sns:eu-west-1:123456789012:alerts';
  const topicPolicy = (SourceArn: unknown): object => ({
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topicArn,
            Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } },
          },
        ],
      },
    },
  });

  it.each<[sentence: string, policy: Record<string, object>, messages: number, warnings: unknown[]]>([
    ['whose topic lets it in publishes the event', { Policy: topicPolicy(arnOf('Rule')) }, 1, []],
    [
      'whose topic lets another rule in does not',
      { Policy: topicPolicy('arn:aws:events:eu-west-1:123456789012:rule/other') },
      0,
      [expect.stringContaining('does not let events.amazonaws.com publish')],
    ],
    [
      'whose topic has no policy does not',
      {},
      0,
      [expect.stringMatching(/Rule a-rule dropped.*does not let events.amazonaws.com publish/)],
    ],
  ])('%s', async (_, policy, messages, warnings) => {
    const topic = { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } } };
    const world = await run({ ...topic, ...aRule({ Arn: { Ref: 'Topic' } }), ...policy });
    await put(world, { kind: 'wanted' });
    expect(world.sandbox.messages).toHaveLength(messages);
    expect(world.warnings).toEqual(warnings);
  });
});
