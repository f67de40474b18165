import { QueryCommand, type AttributeValue, type DynamoDBClient, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { DeploymentHistory } from '../ports/deployment-log.ts';
import { calling } from './aws-errors.ts';
import { toDeployment } from './deployment-row.ts';
import { hasExpired, placeholders, type DynamoTable } from './dynamo-row.ts';
import { fromAttributes, toAttributes } from './dynamo-values.ts';

/** The history for those who read it: newest first by key, expired ones left out. Apart from what writes it, since the tick alone lists it. */
export function dynamoHistory(client: DynamoDBClient, tableName: string, now = () => new Date()): DeploymentHistory {
  return { list: (service, limit) => list({ client, name: tableName }, service, limit, now()) };
}

async function list(table: DynamoTable, service: ServiceKey, limit: number, now: Date): Promise<Deployment[]> {
  const found: Deployment[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await queryPage(table, service, limit - found.length, from);
    const rows = (page.Items ?? []).map(fromAttributes);
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
    ExpressionAttributeValues: toAttributes({ ':pk': `service#${service}`, ':prefix': 'deployment#' }),
    ScanIndexForward: false,
    Limit: limit,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  return await calling(`list the deployments of ${service}`, () => table.client.send(query));
}
