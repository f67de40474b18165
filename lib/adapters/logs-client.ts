import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for CloudWatch Logs that ends hanging calls and begins none too late. */
export function logsClient(options: ClientOptions): CloudWatchLogsClient {
  const client = new CloudWatchLogsClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
