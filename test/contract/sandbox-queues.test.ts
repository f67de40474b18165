import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../sandbox/start.ts';
import { aQueue } from '../fixtures/sandbox-package.ts';
import { arnOf, bodies, clientSettings, runSmall, type SmallSandbox, start } from '../fixtures/small-sandbox.ts';

let running: SmallSandbox | undefined;

async function run(...given: Parameters<typeof runSmall>): Promise<SmallSandbox> {
  running = await runSmall(...given);
  return running;
}

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const fed = (source: string, properties: object = {}): Parameters<typeof runSmall> => [
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
        ...properties,
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
    expect(bodies(sandbox, 'Inbox')).toEqual(['bad']);
    await sandbox.clock.advance(300_000);
    expect(heard.flat()).toEqual(['"good"', '"bad"', '"bad"']);
    expect([bodies(sandbox, 'Inbox'), bodies(sandbox, 'Dead')]).toEqual([[], ['bad']]);
  });

  it('waits for more messages as long as its mapping says, and hands over so many batches at once', async () => {
    const busy = `exports.handler = async ({ Records }) => {
      await new Promise((done) => setTimeout(done, 20));
      process.stdout.write(JSON.stringify(Records.map(({ body }) => body)) + '\\n');
    };`;
    const limits = { BatchSize: 1, MaximumBatchingWindowInSeconds: 2, ScalingConfig: { MaximumConcurrency: 2 } };
    const { sandbox, heard } = await run(...fed(busy, limits));
    await Promise.all(['"1"', '"2"', '"3"', '"4"', '"5"'].map((body) => send(sandbox, body)));
    await sandbox.clock.advance(1999);
    expect(heard).toEqual([]);
    await sandbox.clock.advance(1);
    expect(heard).toHaveLength(2);
    await sandbox.clock.advance(10_000);
    expect((heard.flat() as string[]).toSorted()).toEqual(['"1"', '"2"', '"3"', '"4"', '"5"']);
    expect(await sandbox.call('lambda', 'ListEventSourceMappings', {})).toMatchObject({
      EventSourceMappings: [{ MaximumBatchingWindowInSeconds: 2, ScalingConfig: { MaximumConcurrency: 2 } }],
    });
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

  it.each<[sentence: string, properties: object, queue: object, message: RegExp]>([
    [
      'hides messages for less than its function takes',
      {},
      { VisibilityTimeout: 2 },
      /visibility timeout: 2 seconds is less than Function timeout: 3 seconds/,
    ],
    ['gives eleven at once without waiting for them', { BatchSize: 11 }, {}, /Maximum batch window/],
    ['may handle one batch at once', { ScalingConfig: { MaximumConcurrency: 1 } }, {}, /maximumConcurrency/],
    ['is filtered, which is not played here', { FilterCriteria: { Filters: [] } }, {}, /does not play FilterCriteria/],
  ])('feeds no function where it %s', async (_, properties, queue, message) => {
    const inbox = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'Inbox', ...queue } };
    const mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: arnOf('Inbox'), FunctionName: { Ref: 'Echo' }, ...properties },
    };
    await expect(runSmall({ Inbox: inbox, Mapping: mapping })).rejects.toThrow(message);
  });

  it('feeds a function once, and tells which', async () => {
    const { sandbox } = await run(...fed('exports.handler = async () => {};'));
    const EventSourceArn = 'arn:aws:sqs:eu-west-1:123456789012:Inbox';
    await expect(sandbox.call('lambda', 'CreateEventSourceMapping', { FunctionName: 'echo', EventSourceArn })).rejects.toMatchObject({
      code: 'ResourceConflictException',
    });
    const list = (input: object): Promise<unknown> => sandbox.call('lambda', 'ListEventSourceMappings', input);
    expect(await list({ FunctionName: 'echo' })).toMatchObject({ EventSourceMappings: [{ EventSourceArn, State: 'Enabled' }] });
    expect(await list({ EventSourceArn: `${EventSourceArn}-not` })).toMatchObject({ EventSourceMappings: [] });
  });
});
