import { createHash } from 'node:crypto';
import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsAt } from '../../demo/aws.ts';
import type { Sandbox } from '../../sandbox/start.ts';

/**
 * A hash of all that a run leaves behind: the product's table, the services with their tasks, the definitions, what was told. Who wrote an
 * item last is left out, for a function draws that by chance; so is the order of what was told in one instant, for its calls race.
 */
export async function stateOf(sandbox: Sandbox): Promise<string> {
  const { dynamo } = awsAt(sandbox.endpoint);
  const left = {
    at: sandbox.clock.now(),
    records: await records(dynamo, sandbox),
    clusters: await clusters(sandbox),
    definitions: await sandbox.call('ecs', 'ListTaskDefinitions', {}),
    told: sandbox.messages.map(({ message }) => message).toSorted(),
  };
  dynamo.destroy();
  return createHash('sha256').update(JSON.stringify(left)).digest('hex');
}

async function records(dynamo: DynamoDBClient, { world }: Sandbox): Promise<unknown[]> {
  const tables = world.stacks.flatMap(({ resources }) => resources.filter(({ type }) => type === 'AWS::DynamoDB::Table'));
  const items: unknown[] = [];
  for (const { created } of tables) {
    let ExclusiveStartKey: ScanCommand['input']['ExclusiveStartKey'];
    do {
      const page = await dynamo.send(new ScanCommand({ TableName: created.id, ExclusiveStartKey }));
      for (const item of page.Items ?? []) {
        delete item['writer'];
        items.push(item);
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }
  return items;
}

async function clusters({ call }: Sandbox): Promise<unknown[]> {
  const { clusterArns } = (await call('ecs', 'ListClusters', {})) as { clusterArns: string[] };
  const found: unknown[] = [];
  for (const cluster of clusterArns) {
    const { serviceArns } = (await call('ecs', 'ListServices', { cluster })) as { serviceArns: string[] };
    found.push(await call('ecs', 'DescribeServices', { cluster, services: serviceArns }), await call('ecs', 'ListTasks', { cluster }));
  }
  return found;
}
