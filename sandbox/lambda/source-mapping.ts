import type * as sdk from '@aws-sdk/client-lambda';
import type { Guard } from '../iam/guard.ts';
import { AwsError } from '../service.ts';
import type { NamedQueue, Queues } from '../sqs/queues.ts';
import type { EventSource } from './event-source.ts';
import type { LambdaFunction } from './function.ts';
import type { Functions } from './functions.ts';

export interface SourceMappingOptions {
  functions: Functions;
  queues: Queues;
  guard: Guard;
}

const readActions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
/** What would change which messages a function gets, and is not played here. */
const unknown = ['FilterCriteria', 'ProvisionedPollerConfig', 'DestinationConfig'] as const;

/** Makes an event source of what CreateEventSourceMapping was given; throws Lambda's error where it does not take it. */
export function sourceFrom(
  input: sdk.CreateEventSourceMappingCommandInput,
  id: string,
  others: readonly EventSource[],
  { functions, queues, guard }: SourceMappingOptions,
): EventSource {
  const lambda = functions.get(input.FunctionName ?? '');
  const source = queues.byArn(input.EventSourceArn ?? '');
  if (!source) throw invalid(`Error occurred while ReceiveMessage. The specified queue does not exist: ${input.EventSourceArn}`);
  const missing = readActions.find((action) => !guard.allows(functions.actorOf(lambda), `sqs:${action}`, source.arn));
  if (missing !== undefined) throw invalid(`The provided execution role does not have permissions to call ${missing} on SQS`);
  check(input, lambda, source, others);
  return {
    id,
    functionName: lambda.name,
    functionArn: lambda.arn,
    source,
    batchSize: input.BatchSize ?? 10,
    enabled: input.Enabled ?? true,
    concurrencyMost: input.ScalingConfig?.MaximumConcurrency ?? Infinity,
    windowMs: (input.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    partial: input.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
  };
}

function check(
  input: sdk.CreateEventSourceMappingCommandInput,
  lambda: LambdaFunction,
  { arn, attributes }: NamedQueue,
  others: readonly EventSource[],
): void {
  const lacked = unknown.find((name) => input[name] !== undefined);
  if (lacked !== undefined) throw invalid(`The sandbox does not play ${lacked} of an event source mapping`);
  const [visibility, timeout] = [Number(attributes['VisibilityTimeout']), lambda.timeoutMs / 1000];
  if (visibility < timeout)
    throw invalid(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`);
  if ((input.BatchSize ?? 10) > 10 && (input.MaximumBatchingWindowInSeconds ?? 0) < 1)
    throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  const same = others.find((one) => one.functionName === lambda.name && one.source.arn === arn);
  if (same)
    throw new AwsError(
      'ResourceConflictException',
      `An event source mapping with SQS arn (" ${arn} ") and function (" ${lambda.name} ") already exists. Please update or delete the existing mapping with UUID ${same.id}`,
      409,
    );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}
