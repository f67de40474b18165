import type { Make, Properties } from './resource-type.ts';

/** SNS and SQS resources. */
export const messaging: Record<string, Make> = {
  'AWS::SNS::Topic': async ({ TopicName, Subscription = [], Tags, ...attributes }, { generatedName, call }) => {
    const name = String(TopicName ?? generatedName);
    const { TopicArn } = await call('sns', 'CreateTopic', {
      Name: name,
      Attributes: texts(attributes),
      ...(Tags !== undefined && { Tags }),
    });
    for (const { Protocol, Endpoint } of Subscription as Properties[]) await call('sns', 'Subscribe', { TopicArn, Protocol, Endpoint });
    return { id: String(TopicArn), attributes: { TopicArn: String(TopicArn), TopicName: name } };
  },
  'AWS::SNS::TopicPolicy': async ({ Topics, PolicyDocument }, { generatedName, call }) => {
    for (const TopicArn of Topics as string[])
      await call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) });
    return { id: generatedName, attributes: {} };
  },
  'AWS::SNS::Subscription': async ({ TopicArn, Protocol, Endpoint, Region: _, ...attributes }, { call }) => {
    const { SubscriptionArn } = await call('sns', 'Subscribe', { TopicArn, Protocol, Endpoint, Attributes: texts(attributes) });
    return { id: String(SubscriptionArn), attributes: { Arn: String(SubscriptionArn) } };
  },
  'AWS::SQS::Queue': async ({ QueueName, Tags: _, ...attributes }, { generatedName, call, region, account }) => {
    const name = String(QueueName ?? generatedName);
    const { QueueUrl } = await call('sqs', 'CreateQueue', { QueueName: name, Attributes: texts(attributes) });
    return {
      id: String(QueueUrl),
      attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: String(QueueUrl) },
    };
  },
  'AWS::SQS::QueuePolicy': async ({ Queues, PolicyDocument }, { generatedName, call }) => {
    for (const QueueUrl of Queues as string[])
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: JSON.stringify(PolicyDocument) } });
    return { id: generatedName, attributes: {} };
  },
};

/** Attributes as these services take them: texts, documents as JSON. */
function texts(attributes: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value as string)]),
  );
}
