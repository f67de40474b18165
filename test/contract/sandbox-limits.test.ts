import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const topic = 'arn:aws:sns:eu-west-1:123456789012:limits';
const dead = 'arn:aws:sqs:eu-west-1:123456789012:dead';
let sandbox: Sandbox;
const call: Sandbox['call'] = (service, operation, input) => sandbox.call(service, operation, input);
/** So many things, each made of its number. */
const some = <Item>(count: number, make: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => make(index));

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z') });
  await call('sqs', 'CreateQueue', { QueueName: 'dead' });
  await call('sns', 'CreateTopic', { Name: 'limits', Attributes: { DisplayName: 'Limits' } });
  await call('sns', 'Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: dead });
  await call('events', 'PutRule', { Name: 'limits', EventPattern: '{"source":["a"]}' });
});
afterAll(() => sandbox.close());

describe('SNS refuses', () => {
  it.each<[sentence: string, operation: string, input: object, message: RegExp]>([
    ['a topic with a strange name', 'CreateTopic', { Name: 'a b' }, /Topic Name/],
    ['the same topic with another attribute', 'CreateTopic', { Name: 'limits', Attributes: { DisplayName: 'Others' } }, /already exists/],
    [
      'an attribute that a topic does not have',
      'SetTopicAttributes',
      { TopicArn: topic, AttributeName: 'Colour', AttributeValue: 'red' },
      /AttributeName/,
    ],
    ['a policy that is no JSON', 'SetTopicAttributes', { TopicArn: topic, AttributeName: 'Policy', AttributeValue: 'x' }, /Policy/],
    ['a queue by its URL', 'Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: 'http://127.0.0.1/dead' }, /SQS endpoint ARN/],
    ['a function by its name', 'Subscribe', { TopicArn: topic, Protocol: 'lambda', Endpoint: 'echo' }, /Lambda endpoint ARN/],
    [
      'the same subscription with another filter',
      'Subscribe',
      { TopicArn: topic, Protocol: 'sqs', Endpoint: dead, Attributes: { RawMessageDelivery: 'true' } },
      /already exists with different attributes/,
    ],
    ['a filter of six keys', 'Subscribe', filtered(Object.fromEntries(some(6, (i) => [`k${i}`, ['a']]))), /FilterPolicy/],
    ['a filter of more than 150 combinations', 'Subscribe', filtered({ a: some(16, String), b: some(10, String) }), /FilterPolicy/],
    ['a filter with an unknown operator', 'Subscribe', filtered({ a: [{ like: 'b' }] }), /FilterPolicy/],
    ['a token that it never gave', 'ListTopics', { NextToken: 'x' }, /NextToken/],
  ])('%s', async (_, operation, input, message) => {
    await expect(call('sns', operation, input)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  it('nobody who is subscribed already: it is the same subscription', async () => {
    const again = await call('sns', 'Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: dead });
    const { Subscriptions } = await call('sns', 'ListSubscriptionsByTopic', { TopicArn: topic });
    expect(Subscriptions).toMatchObject([again]);
  });
});

function filtered(policy: object): object {
  const Endpoint = 'arn:aws:sqs:eu-west-1:123456789012:other';
  return { TopicArn: topic, Protocol: 'sqs', Endpoint, Attributes: { FilterPolicy: JSON.stringify(policy) } };
}

const targets = (count: number, more: object = {}): object => ({
  Rule: 'limits',
  Targets: some(count, (i) => ({ Id: `t${i}`, Arn: dead, ...more })),
});

describe('EventBridge refuses', () => {
  it.each<[sentence: string, operation: string, input: object, code: string]>([
    ['six targets of a rule', 'PutTargets', targets(6), 'LimitExceededException'],
    ['a target with two kinds of input', 'PutTargets', targets(1, { Input: '{}', InputPath: '$.detail' }), 'ValidationException'],
    ['a rule without pattern and schedule', 'PutRule', { Name: 'empty' }, 'ValidationException'],
    [
      'eleven events at once',
      'PutEvents',
      { Entries: some(11, () => ({ Source: 'a', DetailType: 'b', Detail: '{}' })) },
      'ValidationException',
    ],
    [
      'more than 1 MiB of events',
      'PutEvents',
      { Entries: some(2, () => ({ Source: 'a', DetailType: 'b', Detail: JSON.stringify({ a: 'x'.repeat(524_288) }) })) },
      'ValidationException',
    ],
    [
      'a pattern over 2,048 characters',
      'PutRule',
      { Name: 'long', EventPattern: JSON.stringify({ source: ['a'.repeat(2048)] }) },
      'LimitExceededException',
    ],
    ['a token that it never gave', 'ListRules', { NextToken: 'x' }, 'ValidationException'],
  ])('%s', async (_, operation, input, code) => {
    await expect(call('events', operation, input)).rejects.toMatchObject({ code });
  });

  it('the 301st rule of the bus', async () => {
    for (const index of some(299, String)) await call('events', 'PutRule', { Name: `rule-${index}`, EventPattern: '{"source":["a"]}' });
    await expect(call('events', 'PutRule', { Name: 'one-more', EventPattern: '{"source":["a"]}' })).rejects.toMatchObject({
      code: 'LimitExceededException',
    });
  });
});

describe('Listings come in pages:', () => {
  beforeAll(async () => {
    for (const index of some(101, String)) {
      await call('sns', 'CreateTopic', { Name: `page-${index}` });
      await call('sns', 'Subscribe', { TopicArn: topic, Protocol: 'email', Endpoint: `${index}@example.com` });
      await call('sqs', 'CreateQueue', { QueueName: `page-${index}` });
    }
  });

  it.each<[sentence: string, service: string, operation: string, input: object, list: string, count: number]>([
    ['topics', 'sns', 'ListTopics', {}, 'Topics', 100],
    ['subscriptions', 'sns', 'ListSubscriptions', {}, 'Subscriptions', 100],
    ['subscriptions of a topic', 'sns', 'ListSubscriptionsByTopic', { TopicArn: topic }, 'Subscriptions', 100],
    ['queues, where a size is told', 'sqs', 'ListQueues', { MaxResults: 60 }, 'QueueUrls', 60],
    ['rules', 'events', 'ListRules', {}, 'Rules', 100],
    ['rules, of the size that is told', 'events', 'ListRules', { Limit: 7 }, 'Rules', 7],
  ])('%s', async (_, service, operation, input, list, count) => {
    const first = await call(service, operation, input);
    expect(first[list]).toHaveLength(count);
    const next = await call(service, operation, { ...input, NextToken: first['NextToken'] });
    const [seen, more] = [first[list] as unknown[], next[list] as unknown[]];
    expect(more.length).toBeGreaterThan(0);
    expect(seen.filter((one) => more.some((other) => JSON.stringify(other) === JSON.stringify(one)))).toEqual([]);
  });

  it('queues in one page where no size is told', async () => {
    expect(await call('sqs', 'ListQueues', {})).toEqual({ QueueUrls: expect.any(Array) });
  });
});
