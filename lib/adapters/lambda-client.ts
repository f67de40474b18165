import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** As long as the function may take, and a little more. */
const longestMs = 65_000;

/** A client that waits for a function's answer. */
export function lambdaClient(options: ClientOptions): LambdaClient {
  return new LambdaClient(clientSettings({ ...options, requestTimeoutMs: longestMs, maxAttempts: 2 }));
}
