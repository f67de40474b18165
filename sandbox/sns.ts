import type * as sdk from '@aws-sdk/client-sns';
import type { Clock } from './clock.ts';
import type { Deliveries, DeliveryFault, Receiver } from './delivery.ts';
import type { Ids } from './ids.ts';
import type { AwsService } from './service.ts';
import { functionEvent, notification } from './sns/envelope.ts';
import { checkPublish, type PublishedMessage } from './sns/publish.ts';
import { HttpDelivery } from './sns/http-delivery.ts';
import type { Subscription } from './sns/subscription.ts';
import { createSubscriptions } from './sns/subscriptions.ts';
import { Topics } from './sns/topics.ts';

export interface SnsOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  deliveries: Deliveries;
  endpoint: () => string;
  warn: (text: string) => void;
  /** Told of each message that was published. */
  published: (message: PublishedMessage) => void;
  /** Told of each delivery that was not taken. */
  refused: (fault: DeliveryFault, sub: Subscription) => void;
}

export interface Sns extends AwsService {
  receiver: Receiver;
}

/** Amazon SNS: topics, subscriptions with filter policies, publishing within SNS's limits. */
export function createSns(options: SnsOptions): Sns {
  const { clock, ids, account, region } = options;
  const topics = new Topics(account);
  const topicOf = (arn: string | undefined): unknown => topics.get(arn);
  const web = new HttpDelivery(options);
  const subscriptions = createSubscriptions({ ids, account, web, topicOf });
  const publish = (input: sdk.PublishCommandInput): { MessageId: string } => {
    topicOf(input.TopicArn);
    const message = checkPublish(input, ids.uuid(), clock.now());
    options.published(message);
    for (const sub of subscriptions.confirmedOf(message.topicArn))
      if (sub.filter(message.attributes, message.message)) deliver(sub, message, web, options);
    return { MessageId: message.id };
  };
  return {
    receiver: (arn, body, sender) => {
      const fault = topics.refusal(arn, sender);
      if (fault) return fault;
      publish({ TopicArn: arn, Message: body });
      return undefined;
    },
    operations: {
      CreateTopic: (input: sdk.CreateTopicCommandInput) => {
        const arn = `arn:aws:sns:${region}:${account}:${input.Name}`;
        topics.create(arn, input.Name ?? '', input.Attributes ?? {});
        return { TopicArn: arn };
      },
      ListTopics: (input: sdk.ListTopicsCommandInput) => topics.list(input.NextToken),
      GetTopicAttributes: (input: sdk.GetTopicAttributesCommandInput) => {
        const own = subscriptions.all.filter(({ topicArn }) => topicArn === input.TopicArn).length;
        const confirmed = subscriptions.confirmedOf(input.TopicArn ?? '').length;
        return {
          Attributes: {
            TopicArn: input.TopicArn,
            Owner: account,
            SubscriptionsConfirmed: String(confirmed),
            SubscriptionsPending: String(own - confirmed),
            SubscriptionsDeleted: '0',
            ...topics.get(input.TopicArn).attributes,
          },
        };
      },
      SetTopicAttributes: (input: sdk.SetTopicAttributesCommandInput) =>
        topics.set(input.TopicArn, input.AttributeName ?? '', input.AttributeValue ?? ''),
      ...subscriptions.operations,
      Publish: publish,
    },
  };
}

function deliver(sub: Subscription, message: PublishedMessage, web: HttpDelivery, { deliveries, refused }: SnsOptions): void {
  if (sub.kept) return;
  if (sub.protocol.startsWith('http')) return web.deliver(sub, message);
  const body = sub.protocol === 'lambda' ? functionEvent(message, sub.arn) : notification(message, sub.arn);
  const texts = Object.entries(message.attributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
  const attributes = sub.raw ? (Object.fromEntries(texts) as Record<string, string>) : {};
  if (texts.length > 10 && sub.raw && sub.protocol === 'sqs')
    return refused({ code: 'SDK_CLIENT_ERROR', message: `A queue takes ten message attributes, and the message has ${texts.length}` }, sub);
  const fault = deliveries.deliver(
    sub.endpoint,
    sub.raw ? message.message : JSON.stringify(body),
    { principal: 'sns.amazonaws.com', sourceArn: sub.topicArn },
    attributes,
  );
  if (fault) refused(fault, sub);
  return undefined;
}
