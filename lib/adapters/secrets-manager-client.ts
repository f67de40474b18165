import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for Secrets Manager that ends hanging calls and begins none too late. */
export function secretsManagerClient(options: ClientOptions): SecretsManagerClient {
  const client = new SecretsManagerClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
