import { type Make, nameFrom, type Properties, without } from './resource-type.ts';

/** SNS and SQS resources. */
export const messaging: Record<string, Make> = {
  'AWS::SNS::Topic': async (properties, surroundings) => {
    const { call } = surroundings;
    const Name = nameFrom(properties['TopicName'], surroundings);
    const { TopicArn } = await call('sns', 'CreateTopic', {
      Name,
      Attributes: texts(without(properties, 'TopicName', 'Subscription', 'Tags')),
    });
    for (const { Protocol, Endpoint } of (properties['Subscription'] ?? []) as Properties[])
      await call('sns', 'Subscribe', { TopicArn, Protocol, Endpoint });
    return { id: String(TopicArn), attributes: { TopicArn: String(TopicArn), TopicName: Name } };
  },
  'AWS::SNS::TopicPolicy': async ({ Topics, PolicyDocument }, { generatedName, call }) => {
    const policy = { AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) };
    for (const TopicArn of Topics as string[]) await call('sns', 'SetTopicAttributes', { TopicArn, ...policy });
    return { id: generatedName, attributes: {} };
  },
  'AWS::SNS::Subscription': async (properties, { call }) => {
    const { TopicArn, Protocol, Endpoint } = properties;
    const Attributes = texts(without(properties, 'TopicArn', 'Protocol', 'Endpoint', 'Region'));
    const { SubscriptionArn } = await call('sns', 'Subscribe', { TopicArn, Protocol, Endpoint, Attributes });
    return { id: String(SubscriptionArn), attributes: { Arn: String(SubscriptionArn) } };
  },
  'AWS::SQS::Queue': async (properties, surroundings) => {
    const { call, region, account } = surroundings;
    const QueueName = nameFrom(properties['QueueName'], surroundings);
    const { QueueUrl } = await call('sqs', 'CreateQueue', { QueueName, Attributes: texts(without(properties, 'QueueName', 'Tags')) });
    return {
      id: String(QueueUrl),
      attributes: { Arn: `arn:aws:sqs:${region}:${account}:${QueueName}`, QueueName, QueueUrl: String(QueueUrl) },
    };
  },
  'AWS::SQS::QueuePolicy': async ({ Queues, PolicyDocument }, { generatedName, call }) => {
    const Attributes = { Policy: JSON.stringify(PolicyDocument) };
    for (const QueueUrl of Queues as string[]) await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
    return { id: generatedName, attributes: {} };
  },
};

/** Attributes as these services take them: texts, documents as JSON. */
function texts(attributes: Properties): Record<string, string> {
  const entries = Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}
