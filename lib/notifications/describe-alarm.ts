import { consoleOf } from './place.ts';
import { counted } from './wording.ts';
import type { Notification } from '../domain/notification.ts';

/** What CloudWatch tells of an alarm that changed its state. */
export interface Alarm {
  AlarmName: string;
  AlarmArn?: unknown;
  AlarmDescription?: unknown;
  NewStateValue: string;
  NewStateReason?: unknown;
  Trigger?: unknown;
}

type Words = Pick<Notification, 'headline' | 'why' | 'facts' | 'next'>;

/** An alarm of CloudWatch in plain words: those of the product itself with what to do, any other as which it is, how it stands, and why. */
export function alarmWords(alarm: Alarm): Words {
  const { AlarmName: name, NewStateValue: state, AlarmDescription, NewStateReason } = alarm;
  const over = state === 'OK';
  const plain: Words = {
    headline: over ? `the alarm ${name} is over` : `the alarm ${name} rings`,
    why: [AlarmDescription, NewStateReason].filter((text) => typeof text === 'string' && text !== '').join(' '),
    facts: [
      ['Alarm', name],
      ['State', state],
    ],
    next: over ? [] : ['Look into docs/operating.md, "When an alarm rings".'],
  };
  const place = placeOf(alarm);
  if (!name.startsWith('ecs-autopilot-') || place === undefined) return plain;
  if (name.endsWith('-dead-letters')) return { ...plain, ...(over ? lettersGone : deadLetters(alarm, place)) };
  return name.endsWith('-tick') ? { ...plain, ...(over ? tickAgain : noTick(name, place)) } : plain;
}

interface AlarmPlace {
  partition: string;
  region: string;
  account: string;
}

function placeOf({ AlarmArn }: Alarm): AlarmPlace | undefined {
  const [, partition, region, account] = /^arn:([\w-]+):cloudwatch:([\w-]+):(\d{12}):/.exec(String(AlarmArn)) ?? [];
  return partition === undefined || region === undefined || account === undefined ? undefined : { partition, region, account };
}

const lettersGone: Partial<Words> = {
  headline: 'the dead letters are gone',
  why: 'What could not be done was sent again or read and deleted.',
};
const tickAgain: Partial<Words> = { headline: 'the tick succeeds again', why: 'What waited for it is done by itself.' };

function deadLetters({ AlarmName: name, NewStateReason }: Alarm, { partition, region, account }: AlarmPlace): Partial<Words> {
  const queue = `https://sqs.${region}.${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}/${account}/${name}`;
  const count = Number(/\[(\d+)(?:\.0+)? /.exec(String(NewStateReason))?.[1] ?? Number.NaN);
  const things = Number.isNaN(count) ? 'something' : counted(count, 'thing');
  const page = consoleOf({ partition, region });
  return {
    headline: `${things} could not be done, after all retries`,
    why: 'An event that a function could not handle, or a message that a channel did not take, lies in the queue of dead letters. No deployment is lost: the tick finds what an event told. A message that lies there was not read in its channel.',
    facts: [
      ['Queue', name],
      ['Letters', Number.isNaN(count) ? 'at least one' : String(count)],
      ...(page === undefined
        ? []
        : [['Console', `${page}/sqs/v3/home?region=${region}#/queues/${encodeURIComponent(queue)}`] as [string, string]]),
    ],
    next: [
      'Read them: requestContext.functionArn names the function, responsePayload its error; a message of a channel is the body itself.',
      `aws sqs receive-message --region ${region} --queue-url ${queue} --max-number-of-messages 10 --visibility-timeout 60 --attribute-names All`,
      'Mend the cause; then delete events, which the tick has made good, and send messages of channels again (docs/channels.md):',
      `aws sqs start-message-move-task --region ${region} --source-arn arn:${partition}:sqs:${region}:${account}:${name}`,
    ],
  };
}

function noTick(name: string, { region }: AlarmPlace): Partial<Words> {
  return {
    headline: 'the tick has not succeeded for 5 minutes',
    why: 'What no event announces is not done until it does: waits, bakes, time-outs, sleep and waking, lost pushes. Rollbacks by failures go on.',
    next: [
      'Read its log. Where there is nothing in it, look at the schedule and at the concurrency that Lambda has left in this account.',
      `aws logs tail /aws/lambda/${name} --region ${region} --since 30m`,
    ],
  };
}
