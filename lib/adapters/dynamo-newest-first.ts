import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ServiceKey } from '../domain/deployment.ts';
import { calling } from './aws-errors.ts';
import { hasExpired, placeholders, type DynamoTable, type Row } from './dynamo-row.ts';
import { fromAttributes, toAttributes } from './dynamo-values.ts';

/** The items of one kind in the partition of a service, newest first by key, expired ones left out, a page at a time for as long as somebody asks for more. */
export async function* newestFirst(
  { client, name }: DynamoTable,
  service: ServiceKey,
  kind: 'deployment' | 'sleep',
  now: Date,
  pageSize: number,
): AsyncGenerator<Row[]> {
  let from: Record<string, AttributeValue> | undefined;
  do {
    const query = new QueryCommand({
      TableName: name,
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
      ExpressionAttributeNames: placeholders(['pk', 'sk']),
      ExpressionAttributeValues: toAttributes({ ':pk': `service#${service}`, ':prefix': `${kind}#` }),
      ScanIndexForward: false,
      ConsistentRead: true, // What had its turn a moment ago must not have it again.
      Limit: pageSize,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const page = await calling(`list the ${kind}s of ${service}`, () => client.send(query));
    yield (page.Items ?? []).map(fromAttributes).filter((row) => !hasExpired(row, now));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
