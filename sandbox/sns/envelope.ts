import type { PublishedAttribute, PublishedMessage } from './publish.ts';

type Told = Record<string, { Type: string; Value: string }>;

/** The JSON in which SNS wraps a message for a queue. */
export function notification(message: PublishedMessage, subscriptionArn: string): Record<string, unknown> {
  return {
    Type: 'Notification',
    MessageId: message.id,
    TopicArn: message.topicArn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: message.message,
    Timestamp: message.at.toISOString(),
    SignatureVersion: '1',
    Signature: 'sandbox',
    SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-sandbox.pem',
    UnsubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: toldAttributes(message.attributes) }),
  };
}

/** The event in which a function gets a message. */
export function functionEvent(message: PublishedMessage, subscriptionArn: string): Record<string, unknown> {
  const { SigningCertURL, UnsubscribeURL, ...rest } = notification(message, subscriptionArn);
  const sns = {
    ...rest,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
    MessageAttributes: toldAttributes(message.attributes),
  };
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns: sns }] };
}

function toldAttributes(attributes: Record<string, PublishedAttribute>): Told {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: BinaryValue ? Buffer.from(BinaryValue).toString('base64') : (StringValue ?? '') },
  ]);
  return Object.fromEntries(entries) as Told;
}
