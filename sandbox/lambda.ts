import type * as sdk from '@aws-sdk/client-lambda';
import type { Clock } from './clock.ts';
import type { Receiver } from './delivery.ts';
import type { Ids } from './ids.ts';
import type { AsyncInvocations } from './lambda/async-invocation.ts';
import { createdFunction } from './lambda/created-function.ts';
import { type EventSource, feed } from './lambda/event-source.ts';
import type { LambdaFunction } from './lambda/function.ts';
import type { Functions } from './lambda/functions.ts';
import { isAllowed } from './model/policy.ts';
import { AwsError, type AwsService } from './service.ts';
import type { Queues } from './sqs/queues.ts';

export interface LambdaOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  functions: Functions;
  invocations: AsyncInvocations;
  queues: Queues;
  /** Where packages are unpacked. */
  folder: string;
}

const syncBytesMax = 6 * 1024 * 1024;
const asyncBytesMax = 1024 * 1024;

/** AWS Lambda: functions that run from their packages, called directly, by events and from queues. */
export function createLambda(options: LambdaOptions): AwsService & { receiver: Receiver } {
  const { functions, invocations, clock, ids, account, region } = options;
  const sources: EventSource[] = [];
  return {
    receiver: (arn, body, sender) => {
      const lambda = functions.find(arn);
      if (!lambda) return { code: 'NO_RESOURCE', message: `The function does not exist: ${arn}` };
      const context = { 'aws:SourceArn': sender?.sourceArn ?? '', 'aws:SourceAccount': account };
      const allowed =
        !sender ||
        isAllowed(
          { Statement: lambda.policy },
          { principal: sender.principal, action: 'lambda:InvokeFunction', resource: lambda.arn, context },
        );
      if (!allowed)
        return {
          code: 'NO_PERMISSIONS',
          message: `${lambda.name} has no permission by which ${sender.principal} may call it on behalf of ${sender.sourceArn}`,
        };
      invocations.accept(lambda, JSON.parse(body));
      return undefined;
    },
    operations: {
      CreateFunction: (input: sdk.CreateFunctionCommandInput) => {
        const lambda = createdFunction(
          input,
          `arn:aws:lambda:${region}:${account}:function:${input.FunctionName}`,
          options.folder,
          clock.now(),
        );
        functions.add(lambda);
        return configurationOf(lambda);
      },
      PutFunctionConcurrency: (input: sdk.PutFunctionConcurrencyCommandInput) => {
        functions.get(input.FunctionName ?? '').concurrencyMax = input.ReservedConcurrentExecutions ?? 0;
        return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
      },
      ListFunctions: () => ({ Functions: functions.all().map(configurationOf) }),
      GetFunctionConfiguration: (input: sdk.GetFunctionConfigurationCommandInput) =>
        configurationOf(functions.get(input.FunctionName ?? '')),
      GetFunction: (input: sdk.GetFunctionCommandInput) => ({ Configuration: configurationOf(functions.get(input.FunctionName ?? '')) }),
      Invoke: (input: sdk.InvokeCommandInput) => invoke(input, functions, invocations, ids),
      AddPermission: (input: sdk.AddPermissionCommandInput) => {
        const lambda = functions.get(input.FunctionName ?? '');
        const statement = permission(input, lambda.arn);
        if (lambda.policy.some(({ Sid }) => Sid === input.StatementId))
          throw new AwsError('ResourceConflictException', `The statement id (${input.StatementId}) provided already exists.`, 409);
        lambda.policy.push(statement);
        return { Statement: JSON.stringify(statement) };
      },
      GetPolicy: (input: sdk.GetPolicyCommandInput) => {
        const { policy, arn } = functions.get(input.FunctionName ?? '');
        if (policy.length === 0)
          throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
        return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: policy }), RevisionId: arn };
      },
      PutFunctionEventInvokeConfig: (input: sdk.PutFunctionEventInvokeConfigCommandInput) => {
        const lambda = functions.get(input.FunctionName ?? '');
        lambda.asynchronous = asynchronousOf(input);
        return invokeConfigOf(lambda);
      },
      GetFunctionEventInvokeConfig: (input: sdk.GetFunctionEventInvokeConfigCommandInput) =>
        invokeConfigOf(functions.get(input.FunctionName ?? '')),
      CreateEventSourceMapping: (input: sdk.CreateEventSourceMappingCommandInput) => {
        const source = sourceFrom(input, ids.uuid(), options);
        sources.push(source);
        feed(source, options);
        return toldSource(source);
      },
      ListEventSourceMappings: () => ({ EventSourceMappings: sources.map(toldSource) }),
    },
  };
}

async function invoke(
  input: sdk.InvokeCommandInput,
  functions: Functions,
  invocations: AsyncInvocations,
  ids: Ids,
): Promise<sdk.InvocationResponse> {
  const lambda = functions.get(input.FunctionName ?? '');
  const asynchronous = input.InvocationType === 'Event';
  const payload = Buffer.from((input.Payload as Uint8Array | undefined) ?? '');
  if (payload.length > (asynchronous ? asyncBytesMax : syncBytesMax))
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${asynchronous ? asyncBytesMax : syncBytesMax} bytes for the InvokeFunction operation`,
      413,
    );
  const event = parse(payload);
  if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
  if (asynchronous) {
    invocations.accept(lambda, event);
    return { StatusCode: 202 };
  }
  const outcome = await functions.invoke(lambda.name, ids.uuid(), event);
  const answer = { StatusCode: 200, ExecutedVersion: '$LATEST' };
  if ('payload' in outcome) return { ...answer, Payload: Buffer.from(outcome.payload) as sdk.InvocationResponse['Payload'] };
  return {
    ...answer,
    FunctionError: 'Unhandled',
    Payload: Buffer.from(JSON.stringify(outcome.error)) as sdk.InvocationResponse['Payload'],
  };
}

function parse(payload: Buffer): unknown {
  try {
    return payload.length === 0 ? {} : JSON.parse(payload.toString('utf8'));
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(cause)}`, 400, { Type: 'User' });
  }
}

function permission(input: sdk.AddPermissionCommandInput, arn: string): Record<string, unknown> {
  const principal = input.Principal ?? '';
  const condition = {
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': input.SourceAccount } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: input.Action,
    Resource: arn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function asynchronousOf({
  MaximumRetryAttempts,
  MaximumEventAgeInSeconds,
  DestinationConfig,
}: sdk.PutFunctionEventInvokeConfigCommandInput): LambdaFunction['asynchronous'] {
  const [onFailureArn, onSuccessArn] = [DestinationConfig?.OnFailure?.Destination, DestinationConfig?.OnSuccess?.Destination];
  return {
    retriesMax: MaximumRetryAttempts ?? 2,
    ageMaxMs: (MaximumEventAgeInSeconds ?? 21_600) * 1000,
    ...(onFailureArn !== undefined && { onFailureArn }),
    ...(onSuccessArn !== undefined && { onSuccessArn }),
  };
}

function invokeConfigOf({ arn, asynchronous }: LambdaFunction): sdk.FunctionEventInvokeConfig {
  return {
    FunctionArn: `${arn}:$LATEST`,
    MaximumRetryAttempts: asynchronous.retriesMax,
    MaximumEventAgeInSeconds: asynchronous.ageMaxMs / 1000,
    DestinationConfig: { OnFailure: { Destination: asynchronous.onFailureArn }, OnSuccess: { Destination: asynchronous.onSuccessArn } },
  };
}

function sourceFrom(input: sdk.CreateEventSourceMappingCommandInput, id: string, { functions, queues }: LambdaOptions): EventSource {
  const lambda = functions.get(input.FunctionName ?? '');
  const source = queues.byArn(input.EventSourceArn ?? '');
  if (!source)
    throw new AwsError(
      'InvalidParameterValueException',
      `Error occurred while ReceiveMessage. The specified queue does not exist: ${input.EventSourceArn}`,
    );
  const partial = input.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
  return {
    id,
    functionName: lambda.name,
    functionArn: lambda.arn,
    source,
    batchSize: input.BatchSize ?? 10,
    enabled: input.Enabled ?? true,
    partial,
  };
}

function toldSource({ id, functionArn, source, batchSize, enabled, partial }: EventSource): sdk.EventSourceMappingConfiguration {
  return {
    UUID: id,
    FunctionArn: functionArn,
    EventSourceArn: source.arn,
    BatchSize: batchSize,
    State: enabled ? 'Enabled' : 'Disabled',
    FunctionResponseTypes: partial ? ['ReportBatchItemFailures'] : [],
  };
}

function configurationOf(lambda: LambdaFunction): sdk.FunctionConfiguration {
  return {
    FunctionName: lambda.name,
    FunctionArn: lambda.arn,
    Description: lambda.description,
    Runtime: lambda.runtime as sdk.Runtime,
    Role: lambda.role,
    Handler: lambda.handler,
    CodeSize: lambda.codeSize,
    CodeSha256: lambda.codeSha256,
    Timeout: lambda.timeoutMs / 1000,
    MemorySize: lambda.memoryMb,
    LastModified: lambda.modifiedAt.toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    State: 'Active',
    PackageType: 'Zip',
    Environment: { Variables: lambda.environment },
    LoggingConfig: { LogFormat: lambda.logFormat, LogGroup: lambda.logGroup },
  };
}
