import { SNSClient } from '@aws-sdk/client-sns';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for SNS that ends hanging calls and begins none too late. */
export function snsClient(options: ClientOptions): SNSClient {
  const client = new SNSClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
