import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { ReceivedMessage } from '../model/queue.ts';
import { systemAttributes } from '../sqs/receiving.ts';
import { md5 } from '../sqs/md5.ts';
import type { NamedQueue } from '../sqs/queues.ts';
import type { Functions } from './functions.ts';

/** A queue as an event source of a function. */
export interface EventSource {
  id: string;
  functionName: string;
  functionArn: string;
  source: NamedQueue;
  batchSize: number;
  /** How many batches are handled at once. */
  concurrencyMost: number;
  /** How long it waits for more messages before it hands over what is there. */
  windowMs: number;
  enabled: boolean;
  /** The function names the messages that failed; the others are done. */
  partial: boolean;
}

export interface EventSourceOptions {
  clock: Clock;
  ids: Ids;
  functions: Functions;
  account: string;
  region: string;
}

/** Feeds a function from a queue: batch after batch, each deleted when handled and left to come back when not. */
export function feed(source: EventSource, options: EventSourceOptions): void {
  const { queue } = source.source;
  let planned = false;
  let running = 0;
  const poll = (): void => {
    if (planned || !source.enabled) return;
    planned = true;
    // In a step of its own, so that what is sent together comes in one batch.
    options.clock.agenda.at(new Date(options.clock.now().getTime() + source.windowMs), () => {
      planned = false;
      while (running < source.concurrencyMost) {
        const batch = queue.receive(source.batchSize);
        if (batch.length === 0) return;
        running += 1;
        void handle(source, batch, options).finally(next);
      }
    });
  };
  const next = (): void => {
    running -= 1;
    if (running + 1 === source.concurrencyMost) poll(); // What waited for this one.
  };
  queue.onVisible(poll);
  poll();
}

async function handle(
  source: EventSource,
  batch: ReceivedMessage[],
  { functions, ids, account, region }: EventSourceOptions,
): Promise<void> {
  const event = { Records: batch.map((message) => record(message, source, account, region)) };
  const outcome = await functions.invoke(source.functionName, ids.uuid(), event);
  if ('error' in outcome) return;
  const failed = source.partial ? failures(outcome.payload, batch) : [];
  for (const { id, receiptHandle } of batch) if (!failed.includes(id)) source.source.queue.delete(receiptHandle);
}

/** Ids of the messages that failed; all of them where the function's answer cannot be understood. */
function failures(payload: string, batch: ReceivedMessage[]): string[] {
  const answer = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier?: string }[] } | null;
  const failed = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier ?? '');
  const known = new Set(batch.map(({ id }) => id));
  return failed.every((id) => known.has(id)) ? failed : [...known];
}

function record(message: ReceivedMessage, { source }: EventSource, account: string, region: string): Record<string, unknown> {
  const attributes = Object.entries(message.messageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      dataType: DataType,
      stringValue: StringValue,
      binaryValue: BinaryValue && Buffer.from(BinaryValue).toString('base64'),
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message, account),
    messageAttributes: Object.fromEntries(attributes) as Record<string, unknown>,
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: source.arn,
    awsRegion: region,
  };
}
