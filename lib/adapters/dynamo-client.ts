import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callBudgetGuard, callBudgetPlace } from './call-budget.ts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for DynamoDB that ends hanging calls and begins none too late. */
export function dynamoClient(options: ClientOptions): DynamoDBClient {
  const client = new DynamoDBClient(clientSettings(options));
  client.middlewareStack.add(callBudgetGuard(options.budget), callBudgetPlace);
  return client;
}
