import { ECSClient } from '@aws-sdk/client-ecs';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for ECS that ends hanging calls and begins none too late. */
export function ecsClient(options: ClientOptions): ECSClient {
  const client = new ECSClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
