import type * as sdk from '@aws-sdk/client-sqs';
import type { Clock } from './clock.ts';
import type { Receiver } from './delivery.ts';
import type { Ids } from './ids.ts';
import type { MessageAttribute, ReceivedMessage } from './model/queue.ts';
import { type AwsService, AwsError } from './service.ts';
import { md5, md5OfAttributes } from './sqs/md5.ts';
import { type NamedQueue, Queues } from './sqs/queues.ts';

export interface SqsOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  endpoint: () => string;
}

export interface Sqs extends AwsService {
  queues: Queues;
  receiver: Receiver;
  urlOf: (named: NamedQueue) => string;
}

/** Amazon SQS: standard queues with visibility, delay, redrive and long polling in sandbox time. */
export function createSqs({ clock, ids, account, region, endpoint }: SqsOptions): Sqs {
  const queues = new Queues(clock.agenda);
  const urlOf = ({ name }: NamedQueue): string => `${endpoint()}/${account}/${name}`;
  const send = (
    named: NamedQueue,
    body: string,
    attributes: Record<string, MessageAttribute>,
    delaySeconds?: number,
  ): { MessageId: string; MD5OfMessageBody: string } => {
    checkBody(named, body);
    const id = ids.uuid();
    named.queue.send({ id, body, messageAttributes: attributes }, delaySeconds === undefined ? undefined : delaySeconds * 1000);
    const attributesMd5 = md5OfAttributes(attributes);
    return { MessageId: id, MD5OfMessageBody: md5(body), ...(attributesMd5 && { MD5OfMessageAttributes: attributesMd5 }) };
  };
  return {
    queues,
    urlOf,
    receiver: (arn, body, sender, attributes) => {
      const fault = queues.refusal(arn, sender, account);
      if (fault) return fault;
      const texts = Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]);
      send(queues.byArn(arn) as NamedQueue, body, Object.fromEntries(texts) as Record<string, MessageAttribute>);
      return undefined;
    },
    operations: {
      CreateQueue: (input: sdk.CreateQueueCommandInput) => {
        const arn = `arn:aws:sqs:${region}:${account}:${input.QueueName}`;
        return { QueueUrl: urlOf(queues.create(input.QueueName ?? '', arn, input.Attributes ?? {})) };
      },
      DeleteQueue: (input: sdk.DeleteQueueCommandInput) => queues.delete(queues.get(input.QueueUrl).name),
      GetQueueUrl: (input: sdk.GetQueueUrlCommandInput) => ({ QueueUrl: urlOf(queues.get(input.QueueName)) }),
      ListQueues: (input: sdk.ListQueuesCommandInput) => ({
        QueueUrls: queues
          .all()
          .filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''))
          .map(urlOf),
      }),
      GetQueueAttributes: (input: sdk.GetQueueAttributesCommandInput) => ({
        Attributes: pick(attributesOf(queues.get(input.QueueUrl)), input.AttributeNames ?? []),
      }),
      SetQueueAttributes: (input: sdk.SetQueueAttributesCommandInput) => queues.set(queues.get(input.QueueUrl), input.Attributes ?? {}),
      PurgeQueue: (input: sdk.PurgeQueueCommandInput) => queues.get(input.QueueUrl).queue.purge(),
      SendMessage: (input: sdk.SendMessageCommandInput) =>
        send(
          queues.get(input.QueueUrl),
          input.MessageBody ?? '',
          (input.MessageAttributes ?? {}) as Record<string, MessageAttribute>,
          input.DelaySeconds,
        ),
      SendMessageBatch: (input: sdk.SendMessageBatchCommandInput) => ({
        Successful: (input.Entries ?? []).map((entry) => ({
          Id: entry.Id,
          ...send(
            queues.get(input.QueueUrl),
            entry.MessageBody ?? '',
            (entry.MessageAttributes ?? {}) as Record<string, MessageAttribute>,
            entry.DelaySeconds,
          ),
        })),
        Failed: [],
      }),
      ReceiveMessage: (input: sdk.ReceiveMessageCommandInput) => receive(clock, account, queues.get(input.QueueUrl), input),
      DeleteMessage: (input: sdk.DeleteMessageCommandInput) => queues.get(input.QueueUrl).queue.delete(input.ReceiptHandle ?? ''),
      DeleteMessageBatch: (input: sdk.DeleteMessageBatchCommandInput) => {
        const { queue } = queues.get(input.QueueUrl);
        for (const { ReceiptHandle } of input.Entries ?? []) queue.delete(ReceiptHandle ?? '');
        return { Successful: (input.Entries ?? []).map(({ Id }) => ({ Id })), Failed: [] };
      },
      ChangeMessageVisibility: (input: sdk.ChangeMessageVisibilityCommandInput) => {
        const known = queues.get(input.QueueUrl).queue.changeVisibility(input.ReceiptHandle ?? '', (input.VisibilityTimeout ?? 0) * 1000);
        if (!known) throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${input.ReceiptHandle}" is not valid.`);
      },
    },
  };
}

async function receive(
  clock: Clock,
  account: string,
  named: NamedQueue,
  input: sdk.ReceiveMessageCommandInput,
): Promise<sdk.ReceiveMessageResult> {
  const count = input.MaxNumberOfMessages ?? 1;
  if (count < 1 || count > 10)
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${count} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
    );
  const visibilityMs = input.VisibilityTimeout === undefined ? undefined : input.VisibilityTimeout * 1000;
  const take = (): ReceivedMessage[] => named.queue.receive(count, visibilityMs);
  const waitMs = 1000 * (input.WaitTimeSeconds ?? Number(named.attributes['ReceiveMessageWaitTimeSeconds']));
  let messages = take();
  if (messages.length === 0 && waitMs > 0) {
    await clock.letPass(firstOf(clock, named, waitMs));
    messages = take();
  }
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => told(message, account, input)) };
}

/** Waits for a message or the end of a long poll, whichever comes first. */
function firstOf(clock: Clock, { queue }: NamedQueue, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = queue.onVisible(() => end());
    const cancel = clock.agenda.at(new Date(clock.now().getTime() + waitMs), () => end());
    const end = (): void => {
      stop();
      cancel();
      resolve();
    };
  });
}

function told(message: ReceivedMessage, account: string, input: sdk.ReceiveMessageCommandInput): sdk.Message {
  const wanted = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])];
  const names = input.MessageAttributeNames ?? [];
  const attributes = Object.entries(message.messageAttributes).filter(([name]) =>
    names.some((one) => one === 'All' || one === '.*' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2)))),
  );
  const system = pick(systemAttributes(message, account), wanted);
  const attributesMd5 = md5OfAttributes(Object.fromEntries(attributes));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(attributesMd5 !== undefined && { MD5OfMessageAttributes: attributesMd5, MessageAttributes: Object.fromEntries(attributes) }),
  };
}

/** What SQS itself says about a message, as texts. */
export function systemAttributes(message: ReceivedMessage, account: string): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt.getTime()),
    SenderId: account,
    ApproximateFirstReceiveTimestamp: String((message.firstReceivedAt ?? message.sentAt).getTime()),
  };
}

function attributesOf({ attributes, arn, createdAt, queue }: NamedQueue): Record<string, string> {
  const { visible, hidden, delayed } = queue.counts();
  return {
    ...attributes,
    QueueArn: arn,
    CreatedTimestamp: String(Math.floor(createdAt.getTime() / 1000)),
    LastModifiedTimestamp: String(Math.floor(createdAt.getTime() / 1000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}

function pick(attributes: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes('All') || names.includes(name)));
}

function checkBody({ attributes }: NamedQueue, body: string): void {
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  const most = Number(attributes['MaximumMessageSize']);
  if (Buffer.byteLength(body) > most)
    throw new AwsError('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`);
}
