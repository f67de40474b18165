import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for Application Auto Scaling that ends hanging calls and begins none too late. */
export function applicationAutoScalingClient(options: ClientOptions): ApplicationAutoScalingClient {
  const client = new ApplicationAutoScalingClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
