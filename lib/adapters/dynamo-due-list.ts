import { QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../domain/instant.ts';
import type { DueItem, DueList } from '../ports/heads.ts';
import { calling } from './aws-errors.ts';
import { dueShards } from './due-shard.ts';
import { malformed, placeholders, type DynamoTable, type Row } from './dynamo-row.ts';
import { fromAttributes, toAttributes } from './dynamo-values.ts';

/** Keys of the index read at once: 1,000 of them cost a few read units. */
const leastPage = 1000;

/** What is due, from the index `due`: its cost follows what is due, never the number of services. */
export function dynamoDueList(client: DynamoDBClient, tableName: string): DueList {
  const table = { client, name: tableName };
  return {
    due: async (now, limit) => {
      const shards = await Promise.all(dueShards.map((shard) => oldestOf(table, shard, now, limit)));
      const rows = shards.flat().toSorted((a, b) => compare(String(a['dueAt']), String(b['dueAt'])));
      const items = rows.map(toItem);
      const told = firstOfEach(items, limit);
      return { items: told, rest: told.length < items.length };
    },
  };
}

/** Of each kind one more than the limit, which tells whether there is a rest; one kind may stand before all of the other. */
async function oldestOf(table: DynamoTable, shard: string, now: Instant, limit: number): Promise<Row[]> {
  const found: Row[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const query = new QueryCommand({
      TableName: table.name,
      IndexName: 'due',
      KeyConditionExpression: '#dueShard = :shard AND #dueAt <= :now',
      ExpressionAttributeNames: placeholders(['dueShard', 'dueAt']),
      ExpressionAttributeValues: toAttributes({ ':shard': shard, ':now': now }),
      Limit: Math.max(limit + 1, leastPage),
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const page = await calling(`list what is due in ${shard}`, () => table.client.send(query));
    found.push(...(page.Items ?? []).map((item) => fromAttributes(item)));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && firstOfEach(found.map(toItem), limit + 1).length < 2 * (limit + 1));
  return found;
}

function firstOfEach(items: DueItem[], limit: number): DueItem[] {
  const taken = { head: 0, repository: 0 };
  return items.filter(({ kind }) => (taken[kind] += 1) <= limit);
}

function toItem(row: Row): DueItem {
  const [kind, name] = split(String(row['pk']));
  if (kind === 'service') return { kind: 'head', service: name };
  if (kind === 'repository') return { kind: 'repository', repository: name };
  throw malformed(row, 'nothing of that kind is ever due');
}

function split(key: string): [kind: string, name: string] {
  const at = key.indexOf('#');
  return [key.slice(0, at), key.slice(at + 1)];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
