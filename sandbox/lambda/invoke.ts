import type * as sdk from '@aws-sdk/client-lambda';
import type { Ids } from '../ids.ts';
import { AwsError, type Call } from '../service.ts';
import type { AsyncInvocations } from './async-invocation.ts';
import type { Functions } from './functions.ts';
import type { Outcome } from './instance.ts';

const syncBytesMax = 6 * 1024 * 1024;
const asyncBytesMax = 1024 * 1024;

/** Lambda's Invoke: waits for the answer, accepts an event, or only asks whether it could be called. */
export async function invoke(
  input: sdk.InvokeCommandInput,
  functions: Functions,
  invocations: AsyncInvocations,
  ids: Ids,
  { accessKeyId }: Call,
): Promise<object> {
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
  if (!functions.hasRoom(lambda)) throw throttled();
  const outcome = await functions.aside(accessKeyId, functions.invoke(lambda.name, ids.uuid(), event));
  const tail = input.LogType === 'Tail' ? { LogResult: tailOf(outcome.log ?? []) } : {};
  return { StatusCode: 200, ExecutedVersion: '$LATEST', ...tail, ...told(outcome) };
}

function told(outcome: Outcome): object {
  if (!('payload' in outcome)) return { FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(outcome.error)) };
  const Payload = Buffer.from(outcome.payload);
  if (Payload.length <= syncBytesMax + 100) return { Payload };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${syncBytesMax + 100} bytes).`;
  return { FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage })) };
}

/** The last 4 KB of what was logged, in Base64. */
function tailOf(lines: readonly string[]): string {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''))
    .subarray(-4096)
    .toString('base64');
}

function throttled(): AwsError {
  const members = { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' };
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, members);
}

function parse(payload: Buffer): unknown {
  try {
    return payload.length === 0 ? {} : JSON.parse(payload.toString('utf8'));
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(cause)}`, 400, { Type: 'User' });
  }
}
