import { createHash } from 'node:crypto';
import type { CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import { AwsError } from '../service.ts';
import type { LambdaFunction } from './function.ts';
import { unpacked } from './unpacked.ts';

/** Makes a function of what CreateFunction was given, with its package unpacked. */
export function createdFunction(input: CreateFunctionCommandInput, arn: string, modifiedAt: Date): LambdaFunction {
  const name = input.FunctionName ?? '';
  const archive = Buffer.from(input.Code?.ZipFile ?? '');
  if (archive.length === 0) throw new AwsError('InvalidParameterValueException', 'The sandbox takes code as ZipFile only.');
  const logFormat = input.LoggingConfig?.LogFormat ?? 'Text';
  return {
    name,
    arn,
    description: input.Description ?? '',
    runtime: input.Runtime ?? '',
    handler: input.Handler ?? '',
    role: input.Role ?? '',
    memoryMb: input.MemorySize ?? 128,
    timeoutMs: (input.Timeout ?? 3) * 1000,
    environment: input.Environment?.Variables ?? {},
    codeFolder: unpacked(archive),
    codeSize: archive.length,
    codeSha256: createHash('sha256').update(archive).digest('base64'),
    modifiedAt,
    logGroup: input.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    logFormat,
    logLevel: input.LoggingConfig?.ApplicationLogLevel ?? (logFormat === 'JSON' ? 'INFO' : 'TRACE'),
    credentials: credentialsOf(arn),
    ...(input.DeadLetterConfig?.TargetArn !== undefined && { deadLetterArn: input.DeadLetterConfig.TargetArn }),
    asynchronous: { retriesMax: 2, ageMaxMs: 21_600_000 },
    policy: [],
  };
}

/** Credentials of the function's own, so that every call tells who made it. */
function credentialsOf(arn: string): LambdaFunction['credentials'] {
  const digest = createHash('sha256').update(arn).digest('hex');
  return { accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`, secretAccessKey: digest.slice(0, 40), sessionToken: digest };
}
