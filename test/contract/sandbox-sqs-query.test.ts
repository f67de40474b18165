import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

let sandbox: Sandbox;
let queue: string;

/** A call as clients sent it until 2023: a form, to the queue's own URL. */
async function form(Action: string, fields: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams({ Action, Version: '2012-11-05', ...fields });
  const response = await fetch(fields['QueueUrl'] ?? sandbox.endpoint, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

const within = (text: string, element: string): string[] =>
  [...text.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'g'))].map(([, content = '']) => content);

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z') });
  const { text } = await form('CreateQueue', {
    QueueName: 'inbox',
    'Attribute.1.Name': 'VisibilityTimeout',
    'Attribute.1.Value': '5',
    'Attribute.2.Name': 'DelaySeconds',
    'Attribute.2.Value': '0',
    'Tag.1.Key': 'team',
    'Tag.1.Value': 'shop',
  });
  [queue = ''] = within(text, 'QueueUrl');
});
afterAll(() => sandbox.close());

const entry = (id: number): Record<string, string> => ({
  [`SendMessageBatchRequestEntry.${id}.Id`]: String(id),
  [`SendMessageBatchRequestEntry.${id}.MessageBody`]: `body ${id}`,
});

describe('SQS in the query protocol', () => {
  it('answers in XML, under its namespace', async () => {
    const { status, text } = await form('ListQueues');
    expect([status, text]).toEqual([
      200,
      expect.stringMatching(
        /^<ListQueuesResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><ListQueuesResult><QueueUrl>http:[^<]+\/inbox<\/QueueUrl><\/ListQueuesResult><ResponseMetadata>/,
      ),
    ]);
  });

  it('takes attributes one by one, and tells them so', async () => {
    const { text } = await form('GetQueueAttributes', {
      QueueUrl: queue,
      'AttributeName.1': 'VisibilityTimeout',
      'AttributeName.2': 'DelaySeconds',
    });
    expect(within(text, 'Attribute')).toEqual([
      '<Name>DelaySeconds</Name><Value>0</Value>',
      '<Name>VisibilityTimeout</Name><Value>5</Value>',
    ]);
  });

  it('takes a message with its attributes and gives it back', async () => {
    const attribute = {
      'MessageAttribute.1.Name': 'count',
      'MessageAttribute.1.Value.DataType': 'Number',
      'MessageAttribute.1.Value.StringValue': '5',
    };
    await form('SendMessage', { QueueUrl: queue, MessageBody: 'a < b & c', ...attribute });
    const { text } = await form('ReceiveMessage', {
      QueueUrl: queue,
      'AttributeName.1': 'ApproximateReceiveCount',
      'MessageAttributeName.1': 'All',
    });
    const [message = ''] = within(text, 'Message');
    expect([within(message, 'Body'), within(message, 'Attribute'), within(message, 'MessageAttribute')]).toEqual([
      ['a &lt; b &amp; c'],
      ['<Name>ApproximateReceiveCount</Name><Value>1</Value>'],
      ['<Name>count</Name><Value><DataType>Number</DataType><StringValue>5</StringValue></Value>'],
    ]);
    const [ReceiptHandle = ''] = within(message, 'ReceiptHandle');
    expect(await form('DeleteMessage', { QueueUrl: queue, ReceiptHandle })).toMatchObject({ status: 200 });
  });

  it('takes a batch', async () => {
    const { text } = await form('SendMessageBatch', { QueueUrl: queue, ...entry(1), ...entry(2) });
    expect(within(text, 'SendMessageBatchResultEntry').map((one) => within(one, 'Id'))).toEqual([['1'], ['2']]);
  });

  it.each<[sentence: string, action: string, fields: Record<string, string>, code: string]>([
    ['a queue that is not there', 'GetQueueUrl', { QueueName: 'absent' }, 'AWS.SimpleQueueService.NonExistentQueue'],
    ['a missing parameter', 'GetQueueUrl', {}, 'MissingParameter'],
    ['an action that there is not', 'SendFax', {}, 'InvalidAction'],
  ])("answers %s in the protocol's own words", async (_, action, fields, code) => {
    const { status, text } = await form(action, fields);
    expect([status, within(text, 'Code')]).toEqual([400, [code]]);
  });
});
