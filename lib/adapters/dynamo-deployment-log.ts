import { QueryCommand, type AttributeValue, type DynamoDBClient, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { DeploymentLog } from '../ports/deployment-log.ts';
import { calling } from './aws-errors.ts';
import { deploymentAssignments, toDeployment } from './deployment-row.ts';
import { marshallValues, placeholders, readRow, writeRow, type Condition, type DynamoTable, type Row, type RowKey } from './dynamo-row.ts';

const prefix = 'deployment#';

/** The history in the table, newest first by key. TTL deletes days late, so what has expired is left out here. */
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
    list: (service, limit) => list(table, service, limit, now()),
  };
}

function keyOf(service: ServiceKey, id: string): RowKey {
  return { pk: `service#${service}`, sk: `${prefix}${id}` };
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

function epochSeconds(instant: Instant): number {
  return Math.ceil(Date.parse(instant) / 1000);
}

function hasExpired(row: Row, now: Date): boolean {
  return typeof row['expiresAt'] === 'number' && row['expiresAt'] * 1000 <= now.getTime();
}

async function list(table: DynamoTable, service: ServiceKey, limit: number, now: Date): Promise<Deployment[]> {
  const found: Deployment[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await queryPage(table, service, limit - found.length, from);
    const rows = (page.Items ?? []).map((item): Row => unmarshall(item));
    found.push(...rows.filter((row) => !hasExpired(row, now)).map(toDeployment));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && found.length < limit);
  return found;
}

async function queryPage(
  table: DynamoTable,
  service: ServiceKey,
  limit: number,
  from: Record<string, AttributeValue> | undefined,
): Promise<QueryCommandOutput> {
  const query = new QueryCommand({
    TableName: table.name,
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
    ExpressionAttributeNames: placeholders(['pk', 'sk']),
    ExpressionAttributeValues: marshallValues({ ':pk': `service#${service}`, ':prefix': prefix }),
    ScanIndexForward: false,
    Limit: limit,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  return await calling(`list the deployments of ${service}`, () => table.client.send(query));
}
