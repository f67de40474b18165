import type { CallStep, FidelityCase } from '../case.ts';
import { place } from './fragments.ts';

const queue: CallStep = { call: 'sqs CreateQueue', input: { QueueName: '{unique}' }, save: { queue: 'QueueUrl' } };
const topic: CallStep = { call: 'sns CreateTopic', input: { Name: '{unique}' }, save: { topic: 'TopicArn' } };
const purge: CallStep = { call: 'sqs PurgeQueue', input: { QueueUrl: '{queue}' } };
const Endpoint = `arn:aws:sqs:${place}:{unique}`;

/** What is asked of queues and topics now and then. */
export const furtherMessages: FidelityCase[] = [
  {
    name: 'a queue is empty once it was purged, and not purged again within a minute',
    sources: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html'],
    others: { moto: 'Moto purges as often as it is asked to; the page has an error for a second purge within 60 seconds.' },
    steps: [
      queue,
      { call: 'sqs SendMessage', input: { QueueUrl: '{queue}', MessageBody: 'work' } },
      purge,
      { ...purge, refused: { name: 'PurgeQueueInProgress' } },
      { passSeconds: 60 },
      { call: 'sqs ReceiveMessage', input: { QueueUrl: '{queue}' }, answer: { Messages: { $absent: true } } },
    ],
  },
  {
    name: 'topics and their subscriptions are listed',
    sources: ['sns API_ListTopics', 'sns API_ListSubscriptions'],
    steps: [
      topic,
      queue,
      {
        call: 'sns Subscribe',
        input: { TopicArn: '{topic}', Protocol: 'sqs', Endpoint, ReturnSubscriptionArn: true },
        save: { subscription: 'SubscriptionArn' },
      },
      { call: 'sns ListTopics', answer: { Topics: { $holds: [{ TopicArn: '{topic}' }] } } },
      {
        call: 'sns ListSubscriptions',
        answer: { Subscriptions: { $holds: [{ SubscriptionArn: '{subscription}', TopicArn: '{topic}', Protocol: 'sqs', Endpoint }] } },
      },
    ],
  },
  {
    name: 'a subscription is confirmed by the token that its endpoint was sent, and by no other',
    sources: ['sns API_ConfirmSubscription'],
    others: { moto: 'Moto confirms whatever the token is.' },
    steps: [
      topic,
      {
        call: 'sns ConfirmSubscription',
        input: { TopicArn: '{topic}', Token: '0'.repeat(64) },
        refused: { name: 'InvalidParameterException' },
      },
    ],
  },
];
