import type { Clock } from '../clock.ts';
import { notification } from './envelope.ts';
import type { PublishedMessage } from './publish.ts';
import type { Subscription } from './subscription.ts';

export interface HttpDeliveryOptions {
  clock: Clock;
  /** Where the sandbox itself is reached: what a subscriber visits to confirm. */
  endpoint: () => string;
  warn: (text: string) => void;
}

/** SNS's own retries of a web endpoint: how many, and after how long each. */
const retries = { times: 3, afterMs: 20_000 };
const timeoutMs = 15_000;

/** Delivers to web endpoints of this machine. Others hear nothing: a sandbox does not write to the world. */
export class HttpDelivery {
  readonly #options: HttpDeliveryOptions;

  constructor(options: HttpDeliveryOptions) {
    this.#options = options;
  }

  /** Asks the endpoint to confirm, by the URL in the message or by ConfirmSubscription with its token. */
  askToConfirm(sub: Subscription, messageId: string): void {
    const { clock, endpoint } = this.#options;
    const query = new URLSearchParams({
      Action: 'ConfirmSubscription',
      Version: '2010-03-31',
      TopicArn: sub.topicArn,
      Token: sub.token ?? '',
    });
    const body = {
      Type: 'SubscriptionConfirmation',
      MessageId: messageId,
      Token: sub.token,
      TopicArn: sub.topicArn,
      Message: `You have chosen to subscribe to the topic ${sub.topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${endpoint()}/?${query.toString()}`,
      Timestamp: clock.now().toISOString(),
      SignatureVersion: '1',
      Signature: 'sandbox',
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-sandbox.pem',
    };
    this.#post(sub, { 'x-amz-sns-message-type': body.Type, 'x-amz-sns-message-id': messageId }, JSON.stringify(body, undefined, 2));
  }

  deliver(sub: Subscription, message: PublishedMessage): void {
    const body = sub.raw ? message.message : JSON.stringify(notification(message, sub.arn), undefined, 2);
    const headers = { 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': message.id, 'x-amz-sns-subscription-arn': sub.arn };
    this.#post(sub, { ...headers, ...(sub.raw && { 'x-amz-sns-rawdelivery': 'true' }) }, body);
  }

  #post(sub: Subscription, headers: Record<string, string>, body: string, attempt = 0): void {
    const { clock, warn } = this.#options;
    if (!isHere(sub.endpoint)) return;
    void clock.during(async () => {
      if (await isTaken(sub, headers, body)) return;
      if (attempt === retries.times) return warn(`Subscription ${sub.arn} lost a message: ${sub.endpoint} did not take it`);
      const again = new Date(clock.now().getTime() + retries.afterMs);
      clock.agenda.at(again, () => this.#post(sub, headers, body, attempt + 1));
      return undefined;
    });
  }
}

async function isTaken({ endpoint, topicArn }: Subscription, headers: Record<string, string>, body: string): Promise<boolean> {
  const common = {
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
    'x-amz-sns-topic-arn': topicArn,
  };
  try {
    const { status } = await fetch(endpoint, {
      method: 'POST',
      headers: { ...common, ...headers },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return status >= 200 && status < 500 && status !== 429; // Of an error of the client's own SNS thinks that another try does not help.
  } catch {
    return false;
  }
}

function isHere(endpoint: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
}
