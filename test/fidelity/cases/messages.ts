import type { CallStep, FidelityCase, Step } from '../case.ts';
import { place } from './fragments.ts';

const topic: CallStep = { call: 'sns CreateTopic', input: { Name: '{unique}' }, save: { topic: 'TopicArn' } };
const queue: CallStep = { call: 'sqs CreateQueue', input: { QueueName: '{unique}' }, save: { queue: 'QueueUrl' } };
const queueArn = `arn:aws:sqs:${place}:{unique}`;
const open: CallStep = {
  call: 'sqs SetQueueAttributes',
  input: {
    QueueUrl: '{queue}',
    Attributes: {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn }],
      }),
    },
  },
};
const subscribe = (Attributes: Record<string, string>): CallStep => ({
  call: 'sns Subscribe',
  input: { TopicArn: '{topic}', Protocol: 'sqs', Endpoint: queueArn, Attributes, ReturnSubscriptionArn: true },
});
const send = (MessageBody: string): CallStep => ({ call: 'sqs SendMessage', input: { QueueUrl: '{queue}', MessageBody } });
const receive = (answer: Record<string, unknown>, more: Record<string, unknown> = {}): CallStep => ({
  call: 'sqs ReceiveMessage',
  input: { QueueUrl: '{queue}', MaxNumberOfMessages: 10, ...more },
  answer,
});
const published = (Message: string, level?: string): Step => ({
  call: 'sns Publish',
  input: {
    TopicArn: '{topic}',
    Message,
    ...(level === undefined ? {} : { MessageAttributes: { level: { DataType: 'String', StringValue: level } } }),
  },
});
const refusedPublish = (input: Record<string, unknown>): Step => ({
  call: 'sns Publish',
  input: { TopicArn: '{topic}', Message: 'm', ...input },
  refused: { name: 'InvalidParameterException' },
});

/** Amazon SNS and Amazon SQS. */
export const messages: FidelityCase[] = [
  {
    name: 'a topic that is created twice is the same topic',
    sources: ['sns API_CreateTopic'],
    steps: [
      { ...topic, answer: { TopicArn: `arn:aws:sns:${place}:{unique}` } },
      { call: 'sns CreateTopic', input: { Name: '{unique}' }, answer: { TopicArn: '{topic}' } },
    ],
  },
  {
    name: 'a message to a topic that is not there is refused',
    sources: ['sns API_Publish'],
    steps: [
      { call: 'sns Publish', input: { TopicArn: `arn:aws:sns:${place}:{unique}`, Message: 'm' }, refused: { name: 'NotFoundException' } },
    ],
  },
  {
    name: 'a subject has at most 100 characters and no line break',
    sources: ['sns API_Publish'],
    others: { moto: 'Moto takes line breaks in a subject; the page says that it must not include them.' },
    steps: [
      topic,
      { call: 'sns Publish', input: { TopicArn: '{topic}', Message: 'm', Subject: 's'.repeat(99) } },
      refusedPublish({ Subject: 's'.repeat(101) }),
      refusedPublish({ Subject: 'two\nlines' }),
    ],
  },
  {
    name: 'a message of more than 256 KiB is refused',
    sources: ['sns API_Publish'],
    steps: [
      topic,
      { call: 'sns Publish', input: { TopicArn: '{topic}', Message: 'm'.repeat(262_144) } },
      refusedPublish({ Message: 'm'.repeat(262_145) }),
    ],
  },
  {
    name: 'an attribute with an empty text is refused',
    sources: ['sns sns-message-attributes', 'seen in answers of Publish'],
    others: { moto: 'Moto answers InvalidParameterException; the API has InvalidParameterValueException for the values of attributes.' },
    steps: [
      topic,
      {
        ...(refusedPublish({ MessageAttributes: { level: { DataType: 'String', StringValue: '' } } }) as CallStep),
        refused: { name: { $matches: '^InvalidParameterValue(Exception)?$' } },
      },
    ],
  },
  {
    name: 'a filter policy lets through what its attributes ask for, and nothing without them',
    sources: ['sns sns-subscription-filter-policies'],
    steps: [
      topic,
      queue,
      open,
      subscribe({ FilterPolicy: JSON.stringify({ level: ['critical'] }), RawMessageDelivery: 'true' }),
      published('one', 'info'),
      published('two', 'critical'),
      published('three'),
      receive({ Messages: [{ Body: 'two' }] }),
    ],
  },
  {
    name: 'a message reaches a queue in an envelope that tells topic and text',
    sources: ['sns sns-message-and-json-formats'],
    steps: [
      topic,
      queue,
      open,
      subscribe({}),
      published('hello', 'info'),
      receive({
        Messages: [
          {
            Body: {
              $json: {
                Type: 'Notification',
                TopicArn: '{topic}',
                Message: 'hello',
                MessageAttributes: { level: { Type: 'String', Value: 'info' } },
              },
            },
          },
        ],
      }),
    ],
  },
  {
    name: 'a queue that is not there is refused',
    sources: ['sqs API_GetQueueUrl'],
    steps: [{ call: 'sqs GetQueueUrl', input: { QueueName: '{unique}' }, refused: { name: 'QueueDoesNotExist' } }],
  },
  {
    name: 'a message that was received is hidden until it is made visible, and gone once deleted',
    sources: ['sqs sqs-visibility-timeout', 'sqs API_ChangeMessageVisibility'],
    steps: [
      queue,
      send('work'),
      { ...receive({ Messages: [{ Body: 'work', ReceiptHandle: { $any: 'string' } }] }), save: { handle: 'Messages.0.ReceiptHandle' } },
      receive({ Messages: { $absent: true } }),
      { call: 'sqs ChangeMessageVisibility', input: { QueueUrl: '{queue}', ReceiptHandle: '{handle}', VisibilityTimeout: 0 } },
      {
        ...receive(
          { Messages: [{ Body: 'work', Attributes: { ApproximateReceiveCount: '2' } }] },
          { MessageSystemAttributeNames: ['ApproximateReceiveCount'] },
        ),
        save: { handle: 'Messages.0.ReceiptHandle' },
      },
      { call: 'sqs DeleteMessage', input: { QueueUrl: '{queue}', ReceiptHandle: '{handle}' } },
      {
        call: 'sqs GetQueueAttributes',
        input: { QueueUrl: '{queue}', AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] },
        answer: { Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } },
      },
    ],
  },
  {
    name: 'ten messages are received at once at most',
    sources: ['sqs API_ReceiveMessage', 'seen in answers of ReceiveMessage'],
    steps: [queue, { ...receive({}, { MaxNumberOfMessages: 11 }), answer: {}, refused: { name: { $matches: '^InvalidParameterValue' } } }],
  },
  {
    name: 'a message that was received too often goes to the queue of dead letters',
    sources: ['sqs sqs-dead-letter-queues'],
    steps: [
      { call: 'sqs CreateQueue', input: { QueueName: 'dead-{unique}' }, save: { dead: 'QueueUrl' } },
      queue,
      {
        call: 'sqs SetQueueAttributes',
        input: {
          QueueUrl: '{queue}',
          Attributes: {
            VisibilityTimeout: '0',
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${place}:dead-{unique}`, maxReceiveCount: 1 }),
          },
        },
      },
      send('poison'),
      receive({ Messages: [{ Body: 'poison' }] }),
      receive({ Messages: { $absent: true } }),
      { call: 'sqs ReceiveMessage', input: { QueueUrl: '{dead}' }, answer: { Messages: [{ Body: 'poison' }] } },
    ],
  },
];
