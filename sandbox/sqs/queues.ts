import { isAllowed, type ResourcePolicy } from '../model/policy.ts';
import { Queue, type QueueSettings } from '../model/queue.ts';
import type { Agenda } from '../model/agenda.ts';
import type { DeliveryFault, ServiceSender } from '../delivery.ts';
import { AwsError } from '../service.ts';
import { checkAttributes } from './limits.ts';

/** A queue with what SQS knows about it beside its messages. */
export interface NamedQueue {
  name: string;
  arn: string;
  /** As SetQueueAttributes takes them: texts. */
  attributes: Record<string, string>;
  createdAt: Date;
  purgedAt?: Date;
  queue: Queue;
}

const defaults: Record<string, string> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
};
const settable = new Set([
  ...Object.keys(defaults),
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

/** All queues of the account, by name. */
export class Queues {
  readonly #queues = new Map<string, NamedQueue>();
  readonly #agenda: Agenda;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  create(name: string, arn: string, attributes: Record<string, string>): NamedQueue {
    if (!/^[\w-]{1,80}$/.test(name))
      throw new AwsError('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    const existing = this.#queues.get(name);
    if (existing) return same(existing, attributes);
    const named: NamedQueue = {
      name,
      arn,
      attributes: {},
      createdAt: this.#agenda.now(),
      queue: new Queue(this.#agenda, { visibilityTimeoutMs: 0, retentionMs: 0, delayMs: 0 }),
    };
    this.set(named, { ...defaults, ...attributes });
    this.#queues.set(name, named);
    return named;
  }

  set(named: NamedQueue, attributes: Record<string, string>): void {
    const unknown = Object.keys(attributes).find((name) => !settable.has(name));
    if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    checkAttributes(attributes, (arn) => this.byArn(arn) !== undefined);
    named.attributes = { ...named.attributes, ...attributes };
    named.queue.settings = this.#settings(named);
  }

  all(): NamedQueue[] {
    return [...this.#queues.values()];
  }

  delete(name: string): void {
    this.#queues.delete(name);
  }

  byArn(arn: string): NamedQueue | undefined {
    return this.all().find((named) => named.arn === arn);
  }

  /** By name or URL, the last part of which is the name. */
  get(nameOrUrl: string | undefined): NamedQueue {
    const named = this.#queues.get(nameOrUrl?.split('/').at(-1) ?? '');
    if (!named) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return named;
  }

  /** What GetQueueAttributes answers. */
  told({ attributes, arn, createdAt, queue }: NamedQueue, names: readonly string[]): { Attributes: Record<string, string> } {
    const { visible, hidden, delayed } = queue.counts();
    const seconds = String(Math.floor(createdAt.getTime() / 1000));
    const all: Record<string, string> = {
      ...attributes,
      QueueArn: arn,
      CreatedTimestamp: seconds,
      LastModifiedTimestamp: seconds,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(hidden),
      ApproximateNumberOfMessagesDelayed: String(delayed),
    };
    const unknown = names.find((name) => name !== 'All' && !(name in all) && !settable.has(name));
    if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name))) };
  }

  /** Why an AWS service may not send to a queue; undefined where it may. A sender that acts by a role is judged elsewhere. */
  refusal(arn: string, sender: ServiceSender | undefined, account: string): DeliveryFault | undefined {
    const named = this.byArn(arn);
    if (!named) return { code: 'NO_RESOURCE', message: `The queue does not exist: ${arn}` };
    const context = { 'aws:SourceArn': sender?.sourceArn ?? '', 'aws:SourceAccount': account };
    if (!sender || isAllowed(policyOf(named), { principal: sender.principal, action: 'sqs:SendMessage', resource: arn, context }))
      return undefined;
    return {
      code: 'NO_PERMISSIONS',
      message: `The policy of ${arn} does not let ${sender.principal} send on behalf of ${sender.sourceArn}`,
    };
  }

  #settings({ attributes }: NamedQueue): QueueSettings {
    const ms = (name: string): number => Number(attributes[name]) * 1000;
    const settings: QueueSettings = {
      visibilityTimeoutMs: ms('VisibilityTimeout'),
      retentionMs: ms('MessageRetentionPeriod'),
      delayMs: ms('DelaySeconds'),
    };
    const redrive = attributes['RedrivePolicy']
      ? (JSON.parse(attributes['RedrivePolicy']) as { deadLetterTargetArn: string; maxReceiveCount: number | string })
      : undefined;
    if (!redrive) return settings;
    const send = (message: Parameters<Queue['take']>[0]): void => this.byArn(redrive.deadLetterTargetArn)?.queue.take(message);
    return { ...settings, redrive: { receiveCountMax: Number(redrive.maxReceiveCount), send } };
  }
}

/** CreateQueue answers the queue that is there, unless it is to be another. */
function same(existing: NamedQueue, attributes: Record<string, string>): NamedQueue {
  const [other] = Object.entries(attributes).find(([name, value]) => existing.attributes[name] !== value) ?? [];
  if (other === undefined) return existing;
  throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${other}`);
}

function policyOf({ attributes }: NamedQueue): ResourcePolicy | undefined {
  return attributes['Policy'] ? (JSON.parse(attributes['Policy']) as ResourcePolicy) : undefined;
}
