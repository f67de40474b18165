import type * as sdk from '@aws-sdk/client-sns';
import type { Clock } from './clock.ts';
import type { Deliveries, DeliveryFault, Receiver } from './delivery.ts';
import type { Ids } from './ids.ts';
import { AwsError, type AwsService } from './service.ts';
import { functionEvent, notification } from './sns/envelope.ts';
import { checkPublish, type PublishedMessage } from './sns/publish.ts';
import { HttpDelivery } from './sns/http-delivery.ts';
import type { Subscription } from './sns/subscription.ts';
import { createSubscriptions } from './sns/subscriptions.ts';

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
  const topics = new Map<string, { attributes: Record<string, string> }>();
  const topicOf = (arn: string | undefined): { attributes: Record<string, string> } => {
    const topic = topics.get(arn ?? '');
    if (!topic) throw new AwsError('NotFoundException', 'Topic does not exist', 404);
    return topic;
  };
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
    receiver: (arn, body) => {
      if (!topics.has(arn)) return { code: 'NO_RESOURCE', message: `The topic does not exist: ${arn}` };
      publish({ TopicArn: arn, Message: body });
      return undefined;
    },
    operations: {
      CreateTopic: (input: sdk.CreateTopicCommandInput) => {
        if (!/^[\w-]{1,256}$/.test(input.Name ?? '')) throw new AwsError('InvalidParameterException', 'Invalid parameter: Topic Name');
        const arn = `arn:aws:sns:${region}:${account}:${input.Name}`;
        if (!topics.has(arn)) topics.set(arn, { attributes: { ...input.Attributes } });
        return { TopicArn: arn };
      },
      ListTopics: () => ({ Topics: [...topics.keys()].map((TopicArn) => ({ TopicArn })) }),
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
            ...topicOf(input.TopicArn).attributes,
          },
        };
      },
      SetTopicAttributes: (input: sdk.SetTopicAttributesCommandInput) => {
        topicOf(input.TopicArn).attributes[input.AttributeName ?? ''] = input.AttributeValue ?? '';
      },
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
  const fault = deliveries.deliver(
    sub.endpoint,
    sub.raw ? message.message : JSON.stringify(body),
    { principal: 'sns.amazonaws.com', sourceArn: sub.topicArn },
    attributes,
  );
  if (fault) refused(fault, sub);
  return undefined;
}
