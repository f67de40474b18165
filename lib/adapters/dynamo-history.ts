import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deployment } from '../domain/deployment.ts';
import type { DeploymentHistory } from '../ports/deployment-log.ts';
import { toDeployment } from './deployment-row.ts';
import { newestFirst } from './dynamo-newest-first.ts';

/** The history for those who read it: newest first by key, expired ones left out. Apart from what writes it, since the tick alone lists it. */
export function dynamoHistory(client: DynamoDBClient, name: string, now = () => new Date()): DeploymentHistory {
  return {
    list: async (service, limit) => {
      const found: Deployment[] = [];
      for await (const rows of newestFirst({ client, name }, service, 'deployment', now(), limit)) {
        found.push(...rows.map(toDeployment));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
  };
}
