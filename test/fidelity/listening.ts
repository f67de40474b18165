import type { Saved } from './names.ts';
import type { Target } from './target.ts';

/** What the bus tells from now on: a rule that feeds a queue. */
export async function listen(target: Target, pattern: object, { unique }: Saved): Promise<() => Promise<unknown[]>> {
  const { QueueUrl } = await target.call('sqs', 'CreateQueue', { QueueName: `heard-${unique}` });
  const answer = await target.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
  const { QueueArn } = answer['Attributes'] as { QueueArn: string };
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QueueArn };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await target.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  await target.call('events', 'PutRule', { Name: `heard-${unique}`, EventPattern: JSON.stringify(pattern) });
  await target.call('events', 'PutTargets', { Rule: `heard-${unique}`, Targets: [{ Id: 'queue', Arn: QueueArn }] });
  const heard: unknown[] = [];
  return async () => {
    for (let fresh = await receive(target, QueueUrl); fresh.length > 0; fresh = await receive(target, QueueUrl)) heard.push(...fresh);
    return heard.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)));
  };
}

async function receive(target: Target, QueueUrl: unknown): Promise<unknown[]> {
  const { Messages = [] } = await target.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 });
  return (Messages as { Body: string }[]).map(({ Body }): unknown => JSON.parse(Body));
}

function timeOf(event: unknown): string {
  return (event as { time: string }).time;
}
