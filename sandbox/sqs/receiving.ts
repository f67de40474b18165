import type * as sdk from '@aws-sdk/client-sqs';
import type { Clock } from '../clock.ts';
import type { ReceivedMessage } from '../model/queue.ts';
import { checkRange } from './limits.ts';
import { md5, md5OfAttributes } from './md5.ts';
import type { NamedQueue } from './queues.ts';

/** ReceiveMessage: what is visible, else whatever becomes visible while the call waits, in sandbox time. */
export async function receive(
  clock: Clock,
  account: string,
  named: NamedQueue,
  input: sdk.ReceiveMessageCommandInput,
): Promise<sdk.ReceiveMessageResult> {
  checkRange('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, 10);
  checkRange('VisibilityTimeout', input.VisibilityTimeout, 0, 43_200);
  checkRange('WaitTimeSeconds', input.WaitTimeSeconds, 0, 20);
  const visibilityMs = input.VisibilityTimeout === undefined ? undefined : input.VisibilityTimeout * 1000;
  const take = (): ReceivedMessage[] => named.queue.receive(input.MaxNumberOfMessages ?? 1, visibilityMs);
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
  const wanted: string[] = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])];
  const names = input.MessageAttributeNames ?? [];
  const attributes = Object.entries(message.messageAttributes).filter(([name]) =>
    names.some((one) => one === 'All' || one === '.*' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2)))),
  );
  const system = Object.entries(systemAttributes(message, account)).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  const attributesMd5 = md5OfAttributes(Object.fromEntries(attributes));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) as Record<string, string> }),
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
