import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const dead = 'arn:aws:sqs:eu-west-1:123456789012:dead';
let sandbox: Sandbox;
const call: Sandbox['call'] = (service, operation, input) => sandbox.call(service, operation, input);
/** So many things, each made of its number. */
const some = <Item>(count: number, make: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => make(index));

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z') });
  await call('sqs', 'CreateQueue', { QueueName: 'dead' });
  await call('sqs', 'CreateQueue', { QueueName: 'limits', Attributes: { VisibilityTimeout: '45' } });
});
afterAll(() => sandbox.close());

const QueueUrl = 'limits';
const entry = (Id: string, more: object = {}): object => ({ Id, MessageBody: 'a', ...more });
const redrive = (policy: object | string): object => ({
  QueueUrl,
  Attributes: { RedrivePolicy: typeof policy === 'string' ? policy : JSON.stringify(policy) },
});

describe('SQS refuses', () => {
  it.each<[sentence: string, operation: string, input: object, code: string, message?: RegExp]>([
    ['to receive eleven messages', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 }, 'InvalidParameterValue', /MaxNumberOfMessages/],
    ['to receive none', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 0 }, 'InvalidParameterValue'],
    ['to wait for 21 seconds', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 21 }, 'InvalidParameterValue', /WaitTimeSeconds/],
    ['to hide for more than twelve hours', 'ReceiveMessage', { QueueUrl, VisibilityTimeout: 43_201 }, 'InvalidParameterValue'],
    [
      'to delay for more than a quarter of an hour',
      'SendMessage',
      { QueueUrl, MessageBody: 'a', DelaySeconds: 901 },
      'InvalidParameterValue',
    ],
    ['an empty message', 'SendMessage', { QueueUrl, MessageBody: '' }, 'MissingParameter'],
    ['a control character', 'SendMessage', { QueueUrl, MessageBody: 'a\u0000' }, 'InvalidMessageContents'],
    [
      'a message over 1 MiB',
      'SendMessage',
      { QueueUrl, MessageBody: 'a'.repeat(1_048_577) },
      'InvalidParameterValue',
      /shorter than 1048576/,
    ],
    [
      'an attribute without a value',
      'SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { a: { DataType: 'String' } } },
      'InvalidParameterValue',
    ],
    [
      'an attribute of an unknown type',
      'SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { a: { DataType: 'Text', StringValue: 'b' } } },
      'InvalidParameterValue',
    ],
    [
      'an attribute in the name of AWS',
      'SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { 'AWS.a': { DataType: 'String', StringValue: 'b' } } },
      'InvalidParameterValue',
    ],
    [
      'eleven attributes',
      'SendMessage',
      {
        QueueUrl,
        MessageBody: 'a',
        MessageAttributes: Object.fromEntries(some(11, (i) => [`a${i}`, { DataType: 'String', StringValue: 'b' }])),
      },
      'InvalidParameterValue',
      /\[11\]/,
    ],
    ['an empty batch', 'SendMessageBatch', { QueueUrl, Entries: [] }, 'EmptyBatchRequest'],
    ['a batch of eleven', 'SendMessageBatch', { QueueUrl, Entries: some(11, (i) => entry(`e${i}`)) }, 'TooManyEntriesInBatchRequest', /11/],
    ['a batch with an id twice', 'SendMessageBatch', { QueueUrl, Entries: [entry('a'), entry('a')] }, 'BatchEntryIdsNotDistinct'],
    ['a batch with a strange id', 'DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a b', ReceiptHandle: 'x' }] }, 'InvalidBatchEntryId'],
    ['a handle that was never given out', 'DeleteMessage', { QueueUrl, ReceiptHandle: 'x' }, 'ReceiptHandleIsInvalid'],
    [
      'to show again for a handle of nothing',
      'ChangeMessageVisibility',
      { QueueUrl, ReceiptHandle: 'x', VisibilityTimeout: 0 },
      'ReceiptHandleIsInvalid',
    ],
    ['an attribute that there is not', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['Colour'] }, 'InvalidAttributeName'],
    [
      'a visibility that is too long',
      'SetQueueAttributes',
      { QueueUrl, Attributes: { VisibilityTimeout: '43201' } },
      'InvalidAttributeValue',
    ],
    [
      'a retention that is too short',
      'SetQueueAttributes',
      { QueueUrl, Attributes: { MessageRetentionPeriod: '59' } },
      'InvalidAttributeValue',
    ],
    ['a policy that is no JSON', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '{' } }, 'InvalidAttributeValue', /Policy/],
    ['a redrive that is no JSON', 'SetQueueAttributes', redrive('{'), 'InvalidParameterValue', /not a valid JSON/],
    ['a redrive without a count', 'SetQueueAttributes', redrive({ deadLetterTargetArn: dead }), 'InvalidParameterValue', /maxReceiveCount/],
    [
      'a redrive after 1,001 receipts',
      'SetQueueAttributes',
      redrive({ deadLetterTargetArn: dead, maxReceiveCount: 1001 }),
      'InvalidParameterValue',
    ],
    [
      'a redrive to a queue that there is not',
      'SetQueueAttributes',
      redrive({ deadLetterTargetArn: `${dead}er`, maxReceiveCount: 1 }),
      'InvalidParameterValue',
      /Dead letter target does not exist/,
    ],
    [
      'a queue of the same name and another visibility',
      'CreateQueue',
      { QueueName: QueueUrl, Attributes: { VisibilityTimeout: '46' } },
      'QueueNameExists',
    ],
    ['a name that is too long', 'CreateQueue', { QueueName: 'a'.repeat(81) }, 'InvalidParameterValue'],
    ['a page of a thousand and one', 'ListQueues', { MaxResults: 1001 }, 'InvalidParameterValue'],
    ['a token that it never gave', 'ListQueues', { MaxResults: 1, NextToken: 'x' }, 'InvalidParameterValue'],
  ])('%s', async (_, operation, input, code, message = /./) => {
    await expect(call('sqs', operation, input)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('one entry of a batch, and takes the others', async () => {
    const answer = await call('sqs', 'SendMessageBatch', { QueueUrl, Entries: [entry('good'), entry('bad', { DelaySeconds: 901 })] });
    expect(answer).toMatchObject({
      Successful: [{ Id: 'good', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
  });
});

describe('SQS takes', () => {
  it('the same queue again', async () => {
    await expect(call('sqs', 'CreateQueue', { QueueName: QueueUrl, Attributes: { VisibilityTimeout: '45' } })).resolves.toMatchObject({
      QueueUrl: `${sandbox.endpoint}/123456789012/limits`,
    });
  });

  it('what is exactly as much as it allows', async () => {
    await call('sqs', 'SetQueueAttributes', redrive({ deadLetterTargetArn: dead, maxReceiveCount: '1000' }));
    await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { MessageRetentionPeriod: '60' } });
    await call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'a'.repeat(1_048_576), DelaySeconds: 900 });
    await expect(call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['VisibilityTimeout', 'KmsMasterKeyId'] })).resolves.toEqual(
      {
        Attributes: { VisibilityTimeout: '45' },
      },
    );
  });
});
