import type * as sdk from '@aws-sdk/client-lambda';
import type { EventSource } from './event-source.ts';
import type { LambdaFunction } from './function.ts';

/** What PutFunctionEventInvokeConfig asks for, with Lambda's defaults; it replaces everything. */
export function asynchronousOf({
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

/** A function's settings for asynchronous invocation, as Lambda tells them. */
export function invokeConfigOf({ arn, asynchronous }: LambdaFunction): sdk.FunctionEventInvokeConfig {
  return {
    FunctionArn: `${arn}:$LATEST`,
    MaximumRetryAttempts: asynchronous.retriesMax,
    MaximumEventAgeInSeconds: asynchronous.ageMaxMs / 1000,
    DestinationConfig: { OnFailure: { Destination: asynchronous.onFailureArn }, OnSuccess: { Destination: asynchronous.onSuccessArn } },
  };
}

/** An event source mapping, as Lambda tells it. */
export function toldSource({
  id,
  functionArn,
  source,
  batchSize,
  concurrencyMost,
  windowMs,
  enabled,
  partial,
}: EventSource): sdk.EventSourceMappingConfiguration {
  return {
    UUID: id,
    FunctionArn: functionArn,
    EventSourceArn: source.arn,
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: windowMs / 1000,
    ...(concurrencyMost < Infinity && { ScalingConfig: { MaximumConcurrency: concurrencyMost } }),
    State: enabled ? 'Enabled' : 'Disabled',
    FunctionResponseTypes: partial ? ['ReportBatchItemFailures'] : [],
  };
}

/** A function, as Lambda tells it. */
export function configurationOf(lambda: LambdaFunction): sdk.FunctionConfiguration {
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
