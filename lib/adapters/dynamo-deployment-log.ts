import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { DeploymentLog } from '../ports/deployment-log.ts';
import { deploymentAssignments, toDeployment } from './deployment-row.ts';
import { epochSeconds, hasExpired, readRow, writeRow, type Condition, type RowKey } from './dynamo-row.ts';

/** The history in the table: one item a deployment. TTL deletes days late, so what has expired is left out here. */
export function dynamoDeploymentLog(client: DynamoDBClient, tableName: string, now = () => new Date()): DeploymentLog {
  const table = { client, name: tableName };
  return {
    write: async (deployment, expiresAt) => {
      const progress = progressOf(deployment);
      const assignments = {
        ...deploymentAssignments(deployment),
        ...progress,
        expiresAt: expiresAt === undefined ? null : epochSeconds(expiresAt),
      };
      await writeRow(table, keyOf(deployment.service, deployment.id), assignments, notBehind(progress));
    },
    find: async (service, id) => {
      const row = await readRow(table, keyOf(service, id));
      return row === undefined || hasExpired(row, now()) ? undefined : toDeployment(row);
    },
  };
}

function keyOf(service: ServiceKey, id: string): RowKey {
  return { pk: `service#${service}`, sk: `deployment#${id}` };
}

interface Progress {
  steps: number;
  updatedAt: Instant;
}

function progressOf({ timeline, createdAt }: Deployment): Progress {
  return { steps: timeline.length, updatedAt: timeline.at(-1)?.at ?? createdAt };
}

/** A late repeat of an older state (fewer steps, the last of them no later) does not write over a newer one. */
function notBehind({ steps, updatedAt }: Progress): Condition {
  return {
    expression: 'attribute_not_exists(#steps) OR #steps <= :steps OR #updatedAt < :updatedAt',
    names: ['steps', 'updatedAt'],
    values: { ':steps': steps, ':updatedAt': updatedAt },
  };
}
