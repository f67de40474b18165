import type { Saved } from './names.ts';
import type { Target } from './target.ts';

export interface Listener {
  /** What was heard so far, in the order in which it happened. */
  heard: () => Promise<unknown[]>;
  end: () => Promise<void>;
}

/** Hears what the bus tells from now on: a rule that feeds a queue. */
export async function listen(target: Target, pattern: object, { unique }: Saved): Promise<Listener> {
  const { QueueUrl } = await target.call('sqs', 'CreateQueue', { QueueName: `heard-${unique}` });
  const answer = await target.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
  const { QueueArn } = answer['Attributes'] as { QueueArn: string };
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QueueArn };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await target.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  await target.call('events', 'PutRule', { Name: `heard-${unique}`, EventPattern: JSON.stringify(pattern) });
  await target.call('events', 'PutTargets', { Rule: `heard-${unique}`, Targets: [{ Id: 'queue', Arn: QueueArn }] });
  const all: unknown[] = [];
  const heard = async (): Promise<unknown[]> => {
    for (let fresh = await receive(target, QueueUrl); fresh.length > 0; fresh = await receive(target, QueueUrl)) all.push(...fresh);
    return all.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)));
  };
  const end = async (): Promise<void> => {
    await target.call('events', 'RemoveTargets', { Rule: `heard-${unique}`, Ids: ['queue'] });
    await target.call('events', 'DeleteRule', { Name: `heard-${unique}` });
  };
  return { heard, end };
}

async function receive(target: Target, QueueUrl: unknown): Promise<unknown[]> {
  const { Messages = [] } = await target.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 });
  return (Messages as { Body: string }[]).map(({ Body }): unknown => JSON.parse(Body));
}

function timeOf(event: unknown): string {
  return (event as { time: string }).time;
}
