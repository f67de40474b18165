import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Writes into the table what lifting a digest writes. */
export async function lift(client: DynamoDBClient, tableName: string, digest: string, by: string): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: tableName,
    Key: { pk: { S: 'quarantine' }, sk: { S: digest } },
    UpdateExpression: 'SET liftedBy = :by',
    ExpressionAttributeValues: { ':by': { S: by } },
  });
  await client.send(update);
}
