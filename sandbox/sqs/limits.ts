import { isJson } from '../json.ts';
import type { MessageAttribute } from '../model/queue.ts';
import { AwsError } from '../service.ts';

const entriesMax = 10;

/** Refuses a number of seconds or messages that SQS does not take. */
export function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && (value < min || value > max || !Number.isInteger(value)))
    throw invalid(`Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`);
}

/** Refuses a message that SQS does not take: empty, too large, of characters that are not XML's, or with attributes that are not valid. */
export function checkMessage(bytesMax: number, body: string, own: Record<string, MessageAttribute>, delaySeconds?: number): void {
  checkRange('DelaySeconds', delaySeconds, 0, 900);
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(body))
    throw new AwsError('InvalidMessageContents', 'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF');
  for (const [name, attribute] of Object.entries(own)) checkAttribute(name, attribute);
  if (Object.keys(own).length > 10)
    throw invalid(`Number of message attributes [${Object.keys(own).length}] exceeds the allowed maximum [10].`);
  if (sizeOf(body, own) > bytesMax)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${bytesMax} bytes.`);
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name))
    throw invalid('The message attribute name is invalid: it may have A to Z, 0 to 9, _, - and ., and does not begin with AWS. or Amazon.');
  if (!/^(String|Number|Binary)(\..+)?$/.test(DataType))
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  if (!(DataType.startsWith('Binary') ? BinaryValue : StringValue)?.length)
    throw invalid(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
    );
}

function sizeOf(body: string, attributes: Record<string, MessageAttribute>): number {
  const sizes = Object.entries(attributes).map(
    ([name, { DataType, StringValue = '', BinaryValue }]) => Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(body));
}

/** Refuses a batch that has no entries, too many, or two of one id. */
export function checkBatch(what: string, entries: readonly { Id?: string | undefined }[]): void {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', `There should be at least one ${what}RequestEntry in the request.`);
  if (entries.length > entriesMax)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${entriesMax}. You have sent ${entries.length}.`,
    );
  const ids = entries.map(({ Id = '' }) => Id);
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id)))
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
}

/** What each numeric attribute of a queue may be. */
const ranges: Record<string, [min: number, max: number]> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

/** Refuses values of a queue's attributes that SQS does not take. Whether a dead-letter queue is there, whoever knows the queues tells. */
export function checkAttributes(attributes: Record<string, string>, isQueue: (arn: string) => boolean): void {
  for (const [name, [min, max]] of Object.entries(ranges)) {
    const text = attributes[name];
    if (text !== undefined && (!/^\d+$/.test(text) || Number(text) < min || Number(text) > max)) throw invalidValue(name);
  }
  if (attributes['Policy'] && !isJson(attributes['Policy'])) throw invalidValue('Policy');
  if (attributes['RedrivePolicy']) checkRedrive(attributes['RedrivePolicy'], isQueue);
}

function checkRedrive(text: string, isQueue: (arn: string) => boolean): void {
  const refuse = (reason: string): AwsError => invalid(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  if (!isJson(text)) throw refuse('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as { deadLetterTargetArn?: string; maxReceiveCount?: number | string };
  if (deadLetterTargetArn === undefined) throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (maxReceiveCount === undefined) throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  if (!(Number(maxReceiveCount) >= 1 && Number(maxReceiveCount) <= 1000))
    throw refuse('Invalid value for maxReceiveCount: must be between 1 and 1000.');
  if (!isQueue(deadLetterTargetArn)) throw refuse('Dead letter target does not exist.');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

function invalidValue(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
