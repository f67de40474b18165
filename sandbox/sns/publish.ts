import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { AwsError } from '../service.ts';

/** A message as it was published. */
export interface PublishedMessage {
  id: string;
  topicArn: string;
  at: Date;
  subject?: string;
  message: string;
  attributes: Record<string, PublishedAttribute>;
}

export interface PublishedAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: Uint8Array;
}

const bytesMax = 262_144;

/** Checks what is to be published against SNS's limits and answers it with the defaults filled in; throws AWS's error. */
export function checkPublish(input: PublishCommandInput, id: string, at: Date): PublishedMessage {
  const attributes = (input.MessageAttributes ?? {}) as Record<string, PublishedAttribute>;
  for (const [name, attribute] of Object.entries(attributes)) checkAttribute(name, attribute);
  if (input.Message === '') throw invalid('Invalid parameter: Empty message');
  if (input.Subject !== undefined) checkSubject(input.Subject);
  if (bytesOf(input.Message ?? '', attributes) > bytesMax) throw invalid('Invalid parameter: Message too long');
  const published = { id, topicArn: input.TopicArn ?? '', at, message: bodyOf(input), attributes };
  return input.Subject === undefined ? published : { ...published, subject: input.Subject };
}

function bodyOf({ Message = '', MessageStructure }: PublishCommandInput): string {
  if (MessageStructure === undefined) return Message;
  if (MessageStructure !== 'json') throw invalid('Invalid parameter: MessageStructure');
  const parsed = parse(Message);
  if (typeof parsed?.['default'] !== 'string')
    throw invalid('Invalid parameter: Message Structure - No default entry in JSON message body');
  return parsed['default'];
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw invalid('Invalid parameter: Message Structure - JSON message body failed to parse');
  }
}

function checkSubject(subject: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here.
  if (subject.length === 0 || subject.length >= 100 || /[\u0000-\u001f\u007f]/.test(subject)) throw invalid('Invalid parameter: Subject');
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: PublishedAttribute): void {
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name)) throw valueInvalid(`Invalid attribute name: ${name}`);
  if (!/^(String|String\.Array|Number|Binary)(\..+)?$/.test(DataType))
    throw valueInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0)
    throw valueInvalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue)))
    throw valueInvalid(`Could not cast message attribute '${name}' value to number.`);
}

function bytesOf(message: string, attributes: Record<string, PublishedAttribute>): number {
  const sizes = Object.entries(attributes).map(
    ([name, { DataType, StringValue = '', BinaryValue }]) => Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(message));
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

function valueInvalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
