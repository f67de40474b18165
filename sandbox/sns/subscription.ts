import { PatternError } from '../model/pattern-error.ts';
import { compileTopicFilter, type TopicFilter } from '../model/topic-filter.ts';
import { AwsError } from '../service.ts';

/** Who gets the messages of a topic, and which. */
export interface Subscription {
  arn: string;
  topicArn: string;
  protocol: string;
  endpoint: string;
  owner: string;
  attributes: Record<string, string>;
  filter: TopicFilter;
  raw: boolean;
  /** The token by which a web endpoint confirms that it wants the messages; undefined where that is done, or not needed. */
  token?: string | undefined;
  /** Nothing is delivered: mail and text messages go nowhere from here. */
  kept: boolean;
}

const delivered = ['sqs', 'lambda', 'http', 'https'];
const keptOnly = ['email', 'email-json', 'sms'];
const arns: Record<string, RegExp> = {
  sqs: /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/,
  lambda: /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
};
const settable = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'DeliveryPolicy'];

/** Makes a subscription of what Subscribe was given; throws AWS's error where it is not allowed. */
export function subscription(
  base: Pick<Subscription, 'arn' | 'topicArn' | 'owner'>,
  protocol: string,
  endpoint: string,
  attributes: Record<string, string>,
): Subscription {
  if (![...delivered, ...keptOnly].includes(protocol))
    throw new AwsError('InvalidParameterException', `Invalid parameter: Amazon SNS does not support this protocol string: ${protocol}`);
  if (endpoint === '' || (protocol.startsWith('http') && !endpoint.startsWith(`${protocol}://`)))
    throw new AwsError('InvalidParameterException', 'Invalid parameter: Endpoint');
  const kind = arns[protocol];
  if (kind !== undefined && !kind.test(endpoint))
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter: ${protocol === 'sqs' ? 'SQS endpoint ARN' : 'Lambda endpoint ARN'}`,
    );
  const unknown = Object.keys(attributes).find((name) => !settable.includes(name));
  if (unknown !== undefined) throw new AwsError('InvalidParameterException', `Invalid parameter: AttributeName ${unknown}`);
  return {
    ...base,
    protocol,
    endpoint,
    attributes,
    filter: filterOf(attributes),
    raw: attributes['RawMessageDelivery'] === 'true',
    kept: keptOnly.includes(protocol),
  };
}

function filterOf(attributes: Record<string, string>): TopicFilter {
  try {
    const policy = JSON.parse(attributes['FilterPolicy'] ?? '{}') as Record<string, unknown>;
    return compileTopicFilter(policy, attributes['FilterPolicyScope'] === 'MessageBody' ? 'MessageBody' : 'MessageAttributes');
  } catch (cause) {
    const text = cause instanceof PatternError || cause instanceof SyntaxError ? cause.message : String(cause);
    throw new AwsError('InvalidParameterException', `Invalid parameter: FilterPolicy: ${text}`);
  }
}
