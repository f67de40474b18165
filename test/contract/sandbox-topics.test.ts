import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
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

const subscription = (Protocol: string, Endpoint: object, more: object = {}): object => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol, Endpoint, ...more },
});

const publish = async ({ sandbox }: SmallSandbox, level: string, Subject?: string): Promise<void> => {
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
    expect(bodies(world.sandbox, 'Inbox')).toMatchObject([
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
    expect(bodies(world.sandbox, 'Inbox')).toEqual([]);
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
