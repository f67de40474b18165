import type { CallBudget } from './call-budget.ts';

/** What a client is made with; what is absent comes from the environment, as in every AWS SDK. */
export interface ClientOptions {
  budget: CallBudget;
  region?: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  requestTimeoutMs?: number;
  maxAttempts?: number;
}

/** Settings of every client: a hanging call ends, a throttled one is tried again within the function's time. */
export function clientSettings(options: ClientOptions) {
  const { budget: _, requestTimeoutMs = 5000, ...own } = options;
  return {
    maxAttempts: 4,
    ...own,
    retryMode: 'standard', // Adaptive would hold back healthy calls for seconds after a throttled one.
    requestHandler: { connectionTimeout: 1000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  };
}
