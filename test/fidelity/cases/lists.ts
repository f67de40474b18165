import type { CallStep, FidelityCase } from '../case.ts';
import { place } from './fragments.ts';

const queue: CallStep = { call: 'sqs CreateQueue', input: { QueueName: '{unique}' }, save: { queue: 'QueueUrl' } };
const topic: CallStep = { call: 'sns CreateTopic', input: { Name: '{unique}' }, save: { topic: 'TopicArn' } };
const Endpoint = `arn:aws:sqs:${place}:{unique}`;
const subscribe: CallStep = {
  call: 'sns Subscribe',
  input: { TopicArn: '{topic}', Protocol: 'sqs', Endpoint, ReturnSubscriptionArn: true },
  save: { subscription: 'SubscriptionArn' },
};
const subscriptions = (...Subscriptions: object[]): CallStep => ({
  call: 'sns ListSubscriptionsByTopic',
  input: { TopicArn: '{topic}' },
  answer: { Subscriptions },
});
const batch = (...Entries: object[]) => ({ call: 'sqs SendMessageBatch', input: { QueueUrl: '{queue}', Entries } });
const rule: CallStep = { call: 'events PutRule', input: { Name: '{unique}', EventPattern: '{"source":["a"]}' } };
const described = (answer: Record<string, unknown>): CallStep => ({ call: 'events DescribeRule', input: { Name: '{unique}' }, answer });

const messaging: FidelityCase[] = [
  {
    name: 'who subscribes twice is subscribed once',
    sources: ['sns API_Subscribe', 'sns API_ListSubscriptionsByTopic'],
    steps: [
      topic,
      queue,
      subscribe,
      { ...subscribe, answer: { SubscriptionArn: '{subscription}' } },
      subscriptions({ SubscriptionArn: '{subscription}', Protocol: 'sqs', Endpoint }),
      { call: 'sns Unsubscribe', input: { SubscriptionArn: '{subscription}' } },
      subscriptions(),
    ],
  },
  {
    name: 'attributes of a subscription and of a topic are told as they were set',
    sources: ['sns API_SetSubscriptionAttributes', 'sns API_SetTopicAttributes', 'sns API_GetTopicAttributes'],
    others: { moto: 'Moto counts no subscription of a topic; the page tells how many are confirmed.' },
    steps: [
      topic,
      queue,
      subscribe,
      {
        call: 'sns SetSubscriptionAttributes',
        input: { SubscriptionArn: '{subscription}', AttributeName: 'RawMessageDelivery', AttributeValue: 'true' },
      },
      {
        call: 'sns GetSubscriptionAttributes',
        input: { SubscriptionArn: '{subscription}' },
        answer: { Attributes: { RawMessageDelivery: 'true', Protocol: 'sqs', PendingConfirmation: 'false' } },
      },
      { call: 'sns SetTopicAttributes', input: { TopicArn: '{topic}', AttributeName: 'DisplayName', AttributeValue: 'Alerts' } },
      {
        call: 'sns GetTopicAttributes',
        input: { TopicArn: '{topic}' },
        answer: { Attributes: { DisplayName: 'Alerts', SubscriptionsConfirmed: '1' } },
      },
    ],
  },
  {
    name: 'a batch of messages is sent, and deleted, entry by entry',
    sources: ['sqs API_SendMessageBatch', 'sqs API_DeleteMessageBatch'],
    steps: [
      queue,
      { ...batch({ Id: 'a', MessageBody: 'one' }), answer: { Successful: [{ Id: 'a', MessageId: { $any: 'string' } }] } },
      {
        call: 'sqs ReceiveMessage',
        input: { QueueUrl: '{queue}' },
        answer: { Messages: [{ Body: 'one' }] },
        save: { handle: 'Messages.0.ReceiptHandle' },
      },
      {
        call: 'sqs DeleteMessageBatch',
        input: { QueueUrl: '{queue}', Entries: [{ Id: 'a', ReceiptHandle: '{handle}' }] },
        answer: { Successful: [{ Id: 'a' }] },
      },
    ],
  },
  {
    name: 'a batch is refused where it is empty, too long, or names an entry twice',
    sources: ['sqs API_SendMessageBatch'],
    steps: [
      queue,
      { ...batch(), refused: { name: 'EmptyBatchRequest' } },
      {
        ...batch(...Array.from({ length: 11 }, (_, i) => ({ Id: `e${i}`, MessageBody: 'm' }))),
        refused: { name: 'TooManyEntriesInBatchRequest' },
      },
      { ...batch({ Id: 'a', MessageBody: 'm' }, { Id: 'a', MessageBody: 'm' }), refused: { name: 'BatchEntryIdsNotDistinct' } },
    ],
  },
  {
    name: 'a queue is found by the beginning of its name until it is deleted',
    sources: ['sqs API_ListQueues', 'sqs API_DeleteQueue'],
    steps: [
      queue,
      { call: 'sqs ListQueues', input: { QueueNamePrefix: '{unique}' }, answer: { QueueUrls: ['{queue}'] } },
      { call: 'sqs DeleteQueue', input: { QueueUrl: '{queue}' } },
      { call: 'sqs GetQueueUrl', input: { QueueName: '{unique}' }, refused: { name: 'QueueDoesNotExist' } },
    ],
  },
  {
    name: 'a queue of the same name with another attribute is refused',
    sources: ['sqs API_CreateQueue'],
    steps: [
      queue,
      {
        call: 'sqs CreateQueue',
        input: { QueueName: '{unique}', Attributes: { VisibilityTimeout: '31' } },
        refused: { name: 'QueueNameExists' },
      },
    ],
  },
];

const rules: FidelityCase[] = [
  {
    name: 'a rule is enabled until it is disabled, and the other way round',
    sources: ['events API_DisableRule', 'events API_EnableRule'],
    steps: [
      rule,
      described({ State: 'ENABLED', EventPattern: { $json: { source: ['a'] } }, Arn: `arn:aws:events:${place}:rule/{unique}` }),
      { call: 'events DisableRule', input: { Name: '{unique}' } },
      described({ State: 'DISABLED' }),
      { call: 'events EnableRule', input: { Name: '{unique}' } },
      described({ State: 'ENABLED' }),
    ],
  },
  {
    name: 'a rule that has targets is not deleted',
    sources: ['events API_DeleteRule'],
    steps: [
      rule,
      queue,
      { call: 'events PutTargets', input: { Rule: '{unique}', Targets: [{ Id: 'q', Arn: Endpoint }] }, answer: { FailedEntryCount: 0 } },
      { call: 'events DeleteRule', input: { Name: '{unique}' }, refused: { name: 'ValidationException' } },
      { call: 'events ListTargetsByRule', input: { Rule: '{unique}' }, answer: { Targets: [{ Id: 'q', Arn: Endpoint }] } },
      { call: 'events RemoveTargets', input: { Rule: '{unique}', Ids: ['q'] } },
      { call: 'events DeleteRule', input: { Name: '{unique}' } },
      { call: 'events DescribeRule', input: { Name: '{unique}' }, refused: { name: 'ResourceNotFoundException' } },
    ],
  },
  {
    name: 'a rule is found by the beginning of its name',
    sources: ['events API_ListRules'],
    steps: [rule, { call: 'events ListRules', input: { NamePrefix: '{unique}' }, answer: { Rules: [{ Name: '{unique}' }] } }],
  },
];

/** Messages and rules in lists and batches, and what is set on them. */
export const lists: FidelityCase[] = [...messaging, ...rules];
