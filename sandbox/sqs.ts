import type * as sdk from '@aws-sdk/client-sqs';
import type { Clock } from './clock.ts';
import type { Receiver } from './delivery.ts';
import type { Ids } from './ids.ts';
import type { MessageAttribute } from './model/queue.ts';
import { pageOf } from './paging.ts';
import { type AwsService, AwsError } from './service.ts';
import { checkBatch, checkMessage, checkRange } from './sqs/limits.ts';
import { md5, md5OfAttributes } from './sqs/md5.ts';
import { type NamedQueue, Queues } from './sqs/queues.ts';
import { receive } from './sqs/receiving.ts';

const purgeMs = 60_000;

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

type Sent = Pick<sdk.SendMessageCommandInput, 'MessageBody' | 'MessageAttributes' | 'DelaySeconds'>;

/** Amazon SQS: standard queues with visibility, delay, redrive and long polling in sandbox time. */
export function createSqs({ clock, ids, account, region, endpoint }: SqsOptions): Sqs {
  const queues = new Queues(clock.agenda);
  const urlOf = ({ name }: NamedQueue): string => `${endpoint()}/${account}/${name}`;
  const send = (named: NamedQueue, { MessageBody = '', MessageAttributes = {}, DelaySeconds }: Sent): sdk.SendMessageResult => {
    const attributes = MessageAttributes as Record<string, MessageAttribute>;
    checkMessage(Number(named.attributes['MaximumMessageSize']), MessageBody, attributes, DelaySeconds);
    const message = { id: ids.uuid(), body: MessageBody, messageAttributes: attributes };
    named.queue.send(message, DelaySeconds === undefined ? undefined : DelaySeconds * 1000);
    const attributesMd5 = md5OfAttributes(attributes);
    return { MessageId: message.id, MD5OfMessageBody: md5(MessageBody), ...(attributesMd5 && { MD5OfMessageAttributes: attributesMd5 }) };
  };
  return {
    queues,
    urlOf,
    receiver: (arn, body, sender, attributes) => {
      const fault = queues.refusal(arn, sender, account);
      if (fault) return fault;
      const texts = Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]);
      send(queues.byArn(arn) as NamedQueue, {
        MessageBody: body,
        MessageAttributes: Object.fromEntries(texts) as Sent['MessageAttributes'],
      });
      return undefined;
    },
    operations: {
      CreateQueue: (input: sdk.CreateQueueCommandInput) => {
        const arn = `arn:aws:sqs:${region}:${account}:${input.QueueName}`;
        return { QueueUrl: urlOf(queues.create(input.QueueName ?? '', arn, input.Attributes ?? {})) };
      },
      DeleteQueue: (input: sdk.DeleteQueueCommandInput) => queues.delete(queues.get(input.QueueUrl).name),
      GetQueueUrl: (input: sdk.GetQueueUrlCommandInput) => ({ QueueUrl: urlOf(queues.get(input.QueueName)) }),
      ListQueues: (input: sdk.ListQueuesCommandInput) => {
        checkRange('MaxResults', input.MaxResults, 1, 1000);
        const wanted = queues.all().filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''));
        const page = pageOf(wanted, input.MaxResults ?? 1000, input.NextToken);
        if (!page) throw new AwsError('InvalidParameterValue', 'Invalid or expired next token.');
        return { QueueUrls: page.items.map(urlOf), ...(input.MaxResults !== undefined && { NextToken: page.next }) };
      },
      GetQueueAttributes: (input: sdk.GetQueueAttributesCommandInput) =>
        queues.told(queues.get(input.QueueUrl), input.AttributeNames ?? []),
      SetQueueAttributes: (input: sdk.SetQueueAttributesCommandInput) => queues.set(queues.get(input.QueueUrl), input.Attributes ?? {}),
      PurgeQueue: (input: sdk.PurgeQueueCommandInput) => purge(queues.get(input.QueueUrl), clock.now()),
      SendMessage: (input: sdk.SendMessageCommandInput) => send(queues.get(input.QueueUrl), input),
      SendMessageBatch: (input: sdk.SendMessageBatchCommandInput) => {
        const named = queues.get(input.QueueUrl);
        checkBatch('SendMessageBatch', input.Entries ?? []);
        return inBatch(input.Entries ?? [], (entry) => send(named, entry));
      },
      ReceiveMessage: (input: sdk.ReceiveMessageCommandInput) => receive(clock, account, queues.get(input.QueueUrl), input),
      DeleteMessage: (input: sdk.DeleteMessageCommandInput) => remove(queues.get(input.QueueUrl), input.ReceiptHandle),
      DeleteMessageBatch: (input: sdk.DeleteMessageBatchCommandInput) => {
        const named = queues.get(input.QueueUrl);
        checkBatch('DeleteMessageBatch', input.Entries ?? []);
        return inBatch(input.Entries ?? [], ({ ReceiptHandle }) => remove(named, ReceiptHandle));
      },
      ChangeMessageVisibility: (input: sdk.ChangeMessageVisibilityCommandInput) => {
        const { queue } = queues.get(input.QueueUrl);
        checkRange('VisibilityTimeout', input.VisibilityTimeout, 0, 43_200);
        if (!queue.changeVisibility(input.ReceiptHandle ?? '', (input.VisibilityTimeout ?? 0) * 1000)) throw badHandle(input.ReceiptHandle);
      },
    },
  };
}

/** Each entry succeeds or fails by itself. */
function inBatch<Entry extends { Id?: string | undefined }>(
  entries: readonly Entry[],
  run: (entry: Entry) => object,
): { Successful: object[]; Failed: object[] } {
  const results = entries.map((entry) => {
    try {
      return { done: { Id: entry.Id, ...run(entry) } };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { failed: { Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message } };
    }
  });
  return {
    Successful: results.flatMap(({ done }) => (done ? [done] : [])),
    Failed: results.flatMap(({ failed }) => (failed ? [failed] : [])),
  };
}

/** A purge may take a minute in which no other is taken; this one is done at once. */
function purge(named: NamedQueue, now: Date): void {
  if (named.purgedAt && now.getTime() - named.purgedAt.getTime() < purgeMs)
    throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${named.name} is allowed every 60 seconds.`);
  named.purgedAt = now;
  named.queue.purge();
}

/** A handle that was given out once deletes nothing any more; one that never was is refused. */
function remove({ queue }: NamedQueue, handle = ''): object {
  if (!/^[\da-f-]{36}#\d+$/.test(handle)) throw badHandle(handle);
  queue.delete(handle);
  return {};
}

function badHandle(handle: string | undefined): AwsError {
  return new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}
