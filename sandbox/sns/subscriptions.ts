import type * as sdk from '@aws-sdk/client-sns';
import type { Ids } from '../ids.ts';
import { AwsError, type AwsService } from '../service.ts';
import type { HttpDelivery } from './http-delivery.ts';
import { snsPage } from './paging.ts';
import { type Subscription, subscription } from './subscription.ts';

export interface SubscriptionsOptions {
  ids: Ids;
  account: string;
  web: HttpDelivery;
  /** Throws where there is no such topic. */
  topicOf: (arn: string | undefined) => unknown;
}

/** Who gets the messages of which topic, and the operations on that. */
export function createSubscriptions(
  options: SubscriptionsOptions,
): AwsService & { confirmedOf: (topicArn: string) => Subscription[]; all: readonly Subscription[] } {
  const { ids, account, web, topicOf } = options;
  const subscriptions: Subscription[] = [];
  const get = (arn: string | undefined): Subscription => {
    const sub = subscriptions.find((one) => one.arn === arn);
    if (!sub) throw new AwsError('NotFoundException', 'Subscription does not exist', 404);
    return sub;
  };
  return {
    all: subscriptions,
    confirmedOf: (topicArn) => subscriptions.filter((sub) => sub.topicArn === topicArn && sub.token === undefined),
    operations: {
      Subscribe: (input: sdk.SubscribeCommandInput) => {
        topicOf(input.TopicArn);
        const existing = subscriptions.find(
          ({ topicArn, protocol, endpoint }) => topicArn === input.TopicArn && protocol === input.Protocol && endpoint === input.Endpoint,
        );
        if (existing) return { SubscriptionArn: again(existing, input.Attributes ?? {}) };
        const base = { arn: `${input.TopicArn}:${ids.uuid()}`, topicArn: input.TopicArn ?? '', owner: account };
        const sub = subscription(base, input.Protocol ?? '', input.Endpoint ?? '', input.Attributes ?? {});
        subscriptions.push(sub);
        if (!sub.protocol.startsWith('http')) return { SubscriptionArn: sub.arn };
        sub.token = ids.hex(64);
        web.askToConfirm(sub, ids.uuid());
        return { SubscriptionArn: input.ReturnSubscriptionArn === true ? sub.arn : 'pending confirmation' };
      },
      ConfirmSubscription: (input: sdk.ConfirmSubscriptionCommandInput) => {
        topicOf(input.TopicArn);
        const sub = subscriptions.find(
          ({ topicArn, token }) => topicArn === input.TopicArn && token !== undefined && token === input.Token,
        );
        if (!sub) throw new AwsError('InvalidParameterException', 'Invalid parameter: Token');
        sub.token = undefined;
        return { SubscriptionArn: sub.arn };
      },
      Unsubscribe: (input: sdk.UnsubscribeCommandInput) => void subscriptions.splice(subscriptions.indexOf(get(input.SubscriptionArn)), 1),
      GetSubscriptionAttributes: (input: sdk.GetSubscriptionAttributesCommandInput) => ({
        Attributes: attributesOf(get(input.SubscriptionArn)),
      }),
      SetSubscriptionAttributes: (input: sdk.SetSubscriptionAttributesCommandInput) => {
        const sub = get(input.SubscriptionArn);
        const attributes = { ...sub.attributes, [input.AttributeName ?? '']: input.AttributeValue ?? '' };
        const { filter, raw } = subscription(sub, sub.protocol, sub.endpoint, attributes); // Checks them as on the first day.
        Object.assign(sub, { attributes, filter, raw });
      },
      ListSubscriptions: (input: sdk.ListSubscriptionsCommandInput) => listed(subscriptions, input.NextToken),
      ListSubscriptionsByTopic: (input: sdk.ListSubscriptionsByTopicCommandInput) => {
        topicOf(input.TopicArn);
        return listed(
          subscriptions.filter(({ topicArn }) => topicArn === input.TopicArn),
          input.NextToken,
        );
      },
    },
  };
}

/** Who is subscribed already keeps the subscription, unless it is to be another. */
function again({ arn, attributes, token }: Subscription, wanted: Record<string, string>): string {
  if (Object.entries(wanted).some(([name, value]) => attributes[name] !== value))
    throw new AwsError(
      'InvalidParameterException',
      'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    );
  return token === undefined ? arn : 'pending confirmation';
}

function listed(subscriptions: readonly Subscription[], token: string | undefined): sdk.ListSubscriptionsResponse {
  const { items, NextToken } = snsPage(subscriptions, token);
  return { Subscriptions: items.map(told), NextToken };
}

function attributesOf({ arn, topicArn, protocol, endpoint, owner, attributes, token }: Subscription): Record<string, string> {
  return {
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: owner,
    PendingConfirmation: String(token !== undefined),
    ConfirmationWasAuthenticated: 'false',
    ...attributes,
  };
}

function told({ arn, topicArn, protocol, endpoint, owner, token }: Subscription): sdk.Subscription {
  return {
    SubscriptionArn: token === undefined ? arn : 'PendingConfirmation',
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: owner,
  };
}
