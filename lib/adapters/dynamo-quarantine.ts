import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../domain/image.ts';
import type { Reason } from '../domain/reason.ts';
import type { Quarantine, QuarantineEntry, QuarantineReader } from '../ports/quarantine.ts';
import { malformed, readRow, writeRow, type Condition, type Row, type RowKey } from './dynamo-row.ts';

/** The quarantine for those who only ask it. */
export function dynamoQuarantineReader(client: DynamoDBClient, tableName: string): QuarantineReader {
  const table = { client, name: tableName };
  return {
    barring: async (digests) => {
      const rows = await Promise.all([...new Set(digests)].map((digest) => readRow(table, keyOf(digest))));
      return rows.filter((row) => row !== undefined && row['liftedBy'] === undefined).map((row) => toEntry(row as Row));
    },
  };
}

/** The quarantine in the table: one item a digest. */
export function dynamoQuarantine(client: DynamoDBClient, tableName: string): Quarantine {
  const table = { client, name: tableName };
  return {
    ...dynamoQuarantineReader(client, tableName),
    add: async ({ digest, since, service, deployment, reason }) => {
      const entry = { since, service, deployment, reason, liftedBy: null };
      await writeRow(table, keyOf(digest), entry, newOrLiftedFrom(deployment));
    },
  };
}

function keyOf(digest: Digest): RowKey {
  return { pk: 'quarantine', sk: digest };
}

/** What was lifted stays lifted for a late repeat of the deployment that a person judged; another one's failure is news. */
function newOrLiftedFrom(deployment: string): Condition {
  return {
    expression: 'attribute_not_exists(#pk) OR (attribute_exists(#liftedBy) AND #deployment <> :condemned)',
    names: ['pk', 'liftedBy', 'deployment'],
    values: { ':condemned': deployment },
  };
}

function toEntry(row: Row): QuarantineEntry {
  const { sk, since, service, deployment, reason } = row;
  if (typeof sk !== 'string' || typeof since !== 'string' || typeof service !== 'string' || typeof deployment !== 'string') {
    throw malformed(row, 'since, service and deployment are to be strings');
  }
  if (typeof reason !== 'object') throw malformed(row, 'it has no reason');
  return { digest: sk, since, service, deployment, reason: reason as Reason };
}
