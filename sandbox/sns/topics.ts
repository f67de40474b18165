import type * as sdk from '@aws-sdk/client-sns';
import type { DeliveryFault, ServiceSender } from '../delivery.ts';
import { isJson } from '../json.ts';
import { isAllowed, type ResourcePolicy } from '../model/policy.ts';
import { AwsError } from '../service.ts';
import { snsPage } from './paging.ts';

const settable = new Set([
  'ContentBasedDeduplication',
  'DeliveryPolicy',
  'DisplayName',
  'FifoTopic',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
]);

/** A topic: what was set on it. */
interface Topic {
  attributes: Record<string, string>;
}

/** All topics of the account, by ARN. */
export class Topics {
  readonly #topics = new Map<string, Topic>();
  readonly #account: string;

  constructor(account: string) {
    this.#account = account;
  }

  create(arn: string, name: string, attributes: Record<string, string>): void {
    if (!/^[\w-]{1,256}$/.test(name)) throw new AwsError('InvalidParameterException', 'Invalid parameter: Topic Name');
    for (const [key, value] of Object.entries(attributes)) checkAttribute(key, value);
    const existing = this.#topics.get(arn);
    if (existing && Object.entries(attributes).some(([key, value]) => existing.attributes[key] !== value))
      throw new AwsError(
        'InvalidParameterException',
        'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
      );
    if (!existing) this.#topics.set(arn, { attributes: { ...attributes } });
  }

  get(arn: string | undefined): Topic {
    const topic = this.#topics.get(arn ?? '');
    if (!topic) throw new AwsError('NotFoundException', 'Topic does not exist', 404);
    return topic;
  }

  set(arn: string | undefined, name: string, value: string): void {
    const topic = this.get(arn);
    checkAttribute(name, value);
    topic.attributes[name] = value;
  }

  list(token: string | undefined): sdk.ListTopicsResponse {
    const { items, NextToken } = snsPage([...this.#topics.keys()], token);
    return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken };
  }

  /** Why an AWS service may not publish to a topic; undefined where it may. Whoever acts by a role is judged elsewhere. */
  refusal(arn: string, sender: ServiceSender | undefined): DeliveryFault | undefined {
    const topic = this.#topics.get(arn);
    if (!topic) return { code: 'NO_RESOURCE', message: `The topic does not exist: ${arn}` };
    if (!sender) return undefined;
    // The policy that a topic has by itself lets in the account's own principals, and no service.
    const policy = JSON.parse(topic.attributes['Policy'] ?? '{}') as ResourcePolicy;
    const context = { 'aws:SourceArn': sender.sourceArn, 'aws:SourceAccount': this.#account };
    if (isAllowed(policy, { principal: sender.principal, action: 'sns:Publish', resource: arn, context })) return undefined;
    return {
      code: 'NO_PERMISSIONS',
      message: `The policy of ${arn} does not let ${sender.principal} publish on behalf of ${sender.sourceArn}`,
    };
  }
}

function checkAttribute(name: string, value: string): void {
  if (!settable.has(name)) throw new AwsError('InvalidParameterException', 'Invalid parameter: AttributeName');
  if (name === 'Policy' && !isJson(value)) throw new AwsError('InvalidParameterException', 'Invalid parameter: Policy Error: null');
}
