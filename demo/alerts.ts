import { ListTopicsCommand, SubscribeCommand, type SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { ofLevel, paint } from './paint.ts';

/** An alert as it arrived on the topic. */
export interface Alert {
  at: string;
  /** Of which services it tells: of several, where they came at once. */
  services: string[];
  state: string;
  level: string;
  headline: string;
  why: string;
  /** The whole mail. */
  mail: string;
}

interface Notification {
  at: string;
  service?: string;
  services?: string[];
  state: string;
  level: string;
  headline: string;
  why: string;
}

/** Hears what people would hear: a queue of its own on the alerts topic. */
export class Alerts {
  readonly heard: Alert[] = [];
  readonly #sqs: SQSClient;
  readonly #queue: string;

  private constructor(sqs: SQSClient, queue: string) {
    this.#sqs = sqs;
    this.#queue = queue;
  }

  /** Subscribes to the topic of the loaded stack. */
  static async subscribe(sns: SNSClient, sqs: SQSClient): Promise<Alerts> {
    const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
    const topic = Topics.find(({ TopicArn = '' }) => TopicArn.endsWith('-alerts'))?.TopicArn;
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'story' }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const Policy = policyFor(Attributes?.['QueueArn'] ?? '', topic ?? '');
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })); // Without it SNS delivers nothing, as in AWS.
    await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
    return new Alerts(sqs, QueueUrl);
  }

  /** Takes what has arrived, oldest first. */
  async take(): Promise<Alert[]> {
    const taken: Alert[] = [];
    for (let more = true; more;) {
      const { Messages = [] } = await this.#sqs.send(new ReceiveMessageCommand({ QueueUrl: this.#queue, MaxNumberOfMessages: 10 }));
      more = Messages.length > 0;
      taken.push(...Messages.map(({ Body = '{}' }) => readAlert(Body)));
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle: ReceiptHandle ?? '' }));
      if (more) await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#queue, Entries }));
    }
    taken.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    this.heard.push(...taken);
    return taken;
  }
}

function policyFor(queue: string, topic: string): string {
  const Condition = { ArnEquals: { 'aws:SourceArn': topic } };
  const Principal = { Service: 'sns.amazonaws.com' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: queue, Condition }],
  });
}

function readAlert(body: string): Alert {
  const { Message, MessageAttributes } = JSON.parse(body) as { Message: string; MessageAttributes: Record<string, { Value: string }> };
  const { service = '', services = [service], ...model } = JSON.parse(MessageAttributes['notification']?.Value ?? '{}') as Notification;
  return { at: model.at, services, state: model.state, level: model.level, headline: model.headline, why: model.why, mail: Message };
}

/** One line, as a channel would show it. */
export function showAlert({ at, level, state, headline, why }: Alert): string {
  return `  ${paint('dim', at.slice(11, 19))}  ${paint(ofLevel(level), state.padEnd(12))}  ${headline}\n${' '.repeat(26)}${paint('dim', why)}`;
}
