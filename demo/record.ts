import { ListTablesCommand, QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';
import type { Stage } from './stack.ts';

/** A deployment as the table holds it. */
export interface Recorded {
  id: string;
  state: string;
  origin: string;
  reason: string;
  /** `tag` and the first characters of the digest. */
  image: string;
}

/** The name of the product's table. */
export async function tableOf(dynamo: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  return TableNames.find((name) => name.startsWith('ecs-autopilot')) ?? '';
}

/** The history of the stage's service, oldest first. */
export async function history(dynamo: DynamoDBClient, { cluster, service, repository }: Stage): Promise<Recorded[]> {
  const rows = await query(dynamo, `service#${cluster}/${service}`, 'deployment#');
  return rows.map((row) => {
    const image = row['images']?.M?.[repository]?.M;
    return {
      id: (row['sk']?.S ?? '').replace('deployment#', ''),
      state: row['state']?.S ?? '',
      origin: row['origin']?.S ?? '',
      reason: row['reason']?.M?.['text']?.S ?? '',
      image: `${image?.['tag']?.S ?? ''} ${(image?.['digest']?.S ?? '').slice(0, 15)}`.trim(),
    };
  });
}

/** The digests in quarantine. */
export async function quarantined(dynamo: DynamoDBClient): Promise<string[]> {
  return (await query(dynamo, 'quarantine', 'sha256:')).map((row) => row['sk']?.S ?? '');
}

/** The revision that ECS runs for the stage's service, `family:revision`. */
export async function revisionRun(ecs: ECSClient, { cluster, service }: Stage): Promise<string> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const arn = services[0]?.taskDefinition ?? '';
  return arn.slice(arn.lastIndexOf('/') + 1);
}

async function query(dynamo: DynamoDBClient, pk: string, prefix: string): Promise<Record<string, AttributeValue>[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: await tableOf(dynamo),
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: prefix } },
    }),
  );
  return Items;
}
