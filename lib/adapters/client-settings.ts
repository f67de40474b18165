import type { CallBudget } from './call-budget.ts';

/** What a client is made with; what is absent comes from the environment, as in every AWS SDK. */
export interface ClientOptions {
  budget: CallBudget;
  region?: string;
  endpoint?: string;
  requestTimeoutMs?: number;
  maxAttempts?: number;
}

/** Settings of every client: a hanging call ends, a throttled one is tried again within the function's time. */
export function clientSettings({ region, endpoint, requestTimeoutMs = 5000, maxAttempts = 4 }: ClientOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts,
    retryMode: 'standard', // Adaptive would hold back healthy calls for seconds after a throttled one.
    requestHandler: { connectionTimeout: 1000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  };
}
