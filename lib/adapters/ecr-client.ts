import { ECRClient } from '@aws-sdk/client-ecr';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** Gives the ECR client of a region, of the function's own without one; each is made once, when first asked for. */
export type EcrClients = (region?: string) => ECRClient;

/** Clients for ECR that end hanging calls and begin none too late. */
export function ecrClients(options: ClientOptions): EcrClients {
  const clients = new Map<string | undefined, ECRClient>();
  return (region) => {
    const client = clients.get(region) ?? make(region === undefined ? options : { ...options, region });
    clients.set(region, client);
    return client;
  };
}

function make(options: ClientOptions): ECRClient {
  const client = new ECRClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
