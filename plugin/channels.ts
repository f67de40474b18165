import type { Installation } from '../lib/config/installation.ts';
import { arnOf, ref, type JsonObject, type Resource } from './cloudformation.ts';
import { alarmsTopic, alertsTopic, amazonQTopic, deadLetters, lambdaIdOf, slackQueue, type Names } from './names.ts';

/** A message that could not be posted is handed over again after this, as often as this: an hour in all, then it is a dead letter. */
const visibilitySeconds = 180;
const receivesMost = 20;

/** The queue between the topics and post-to-slack, and the topic of Amazon Q: nothing of it where only mail is configured. */
export function channelsFragment({ channels }: Installation, { prefix }: Names): Record<string, Resource> {
  if (channels.length === 0) return {};
  const amazonQ = channels.some(({ address }) => address.kind === 'amazon-q');
  return {
    [slackQueue]: queue(prefix),
    SlackQueuePolicy: queuePolicy(),
    SlackAlertsSubscription: subscription(alertsTopic),
    SlackAlarmsSubscription: subscription(alarmsTopic),
    SlackQueueMapping: mapping(),
    ...(amazonQ ? { [amazonQTopic]: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${prefix}-amazon-q` } } } : {}),
  };
}

function queue(prefix: string): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: `${prefix}-slack`,
      VisibilityTimeout: visibilitySeconds,
      MessageRetentionPeriod: 345_600,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { deadLetterTargetArn: arnOf(deadLetters), maxReceiveCount: receivesMost },
    },
  };
}

function queuePolicy(): Resource {
  const statement: JsonObject = {
    Sid: 'Topics',
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arnOf(slackQueue),
    Condition: { ArnEquals: { 'aws:SourceArn': [ref(alertsTopic), ref(alarmsTopic)] } },
  };
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [ref(slackQueue)], PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
  };
}

function subscription(topic: string): Resource {
  return { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref(topic), Protocol: 'sqs', Endpoint: arnOf(slackQueue) } };
}

// Messages that come together are posted together; two at a time, for a channel takes about one message a second.
function mapping(): Resource {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arnOf(slackQueue),
      FunctionName: arnOf(lambdaIdOf('post-to-slack')),
      BatchSize: 25,
      MaximumBatchingWindowInSeconds: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  };
}
