import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ServiceKey } from '../lib/domain/deployment.ts';
import type { HeadOnRecord } from './refusals.ts';

/** What the plugin reads of an installation before it is deployed over. */
export interface InstallationRecord {
  /** The services that are enrolled; none where nothing is installed yet. */
  enrolled(): Promise<ServiceKey[]>;
  /** Those of the services that have a head. */
  heads(services: readonly ServiceKey[]): Promise<Record<ServiceKey, HeadOnRecord>>;
}

type Item = Record<string, AttributeValue>;

const batch = 100; // What BatchGetItem takes.
const roundsMax = 10;
const longestMs = 10_000; // Of one call, with its retries.
const prefix = 'service#';

/** The record in the table of an installation, read with the credentials of whoever deploys. Its settings are those of the framework. */
export async function installationRecord(settings: object, table: string): Promise<InstallationRecord> {
  const { DynamoDBClient, GetItemCommand, ResourceNotFoundException } = await import('@aws-sdk/client-dynamodb'); // Packaging needs none of it.
  const client = new DynamoDBClient(settings);
  const Key = { pk: { S: 'configuration' }, sk: { S: 'current' } };
  return {
    enrolled: async () => {
      try {
        const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }), patience());
        return (Item?.['services']?.L ?? []).flatMap(({ S }) => S ?? []);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return []; // Nothing is installed yet.
        throw error;
      }
    },
    heads: async (services) => {
      const found: Record<ServiceKey, HeadOnRecord> = {};
      for (let from = 0; from < services.length; from += batch)
        for (const item of await readBatch(client, table, services.slice(from, from + batch))) Object.assign(found, headOf(item));
      return found;
    },
  };
}

// DynamoDB answers as much as 16 MB hold, and names what it left out.
async function readBatch(client: DynamoDBClient, table: string, services: readonly ServiceKey[]): Promise<Item[]> {
  const { BatchGetItemCommand } = await import('@aws-sdk/client-dynamodb');
  const asked = {
    ConsistentRead: true,
    ProjectionExpression: '#pk, #sleep, #obstacle, #current',
    ExpressionAttributeNames: { '#pk': 'pk', '#sleep': 'sleep', '#obstacle': 'obstacle', '#current': 'current' },
  };
  let keys: Item[] = services.map((service) => ({ pk: { S: `${prefix}${service}` }, sk: { S: 'head' } }));
  const items: Item[] = [];
  for (let round = 0; round < roundsMax && keys.length > 0; round += 1) {
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { ...asked, Keys: keys } } }), patience());
    items.push(...(answer.Responses?.[table] ?? []));
    keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  if (keys.length > 0) throw new Error(`DynamoDB did not answer for ${keys.length} services in ${roundsMax} rounds`);
  return items;
}

function patience() {
  return { abortSignal: AbortSignal.timeout(longestMs) };
}

// A key that ECS knew no service for, a slip of the pen say, has nothing to be let go of.
function headOf({ pk, sleep, obstacle, current }: Item): Record<ServiceKey, HeadOnRecord> {
  const service = pk?.S?.slice(prefix.length) ?? '';
  const code = obstacle?.M?.['code']?.S;
  const never = code === 'service-missing' && current?.M === undefined;
  return { [service]: { letGo: code === 'let-go' || never, sleeps: sleep?.M !== undefined } };
}
