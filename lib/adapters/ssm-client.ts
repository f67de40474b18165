import { SSMClient } from '@aws-sdk/client-ssm';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for SSM that ends hanging calls and begins none too late. */
export function ssmClient(options: ClientOptions): SSMClient {
  const client = new SSMClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
