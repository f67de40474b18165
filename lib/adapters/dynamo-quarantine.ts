import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../domain/image.ts';
import type { Reason } from '../domain/reason.ts';
import type { Quarantine, QuarantineEntry, QuarantineLifter, QuarantineReader } from '../ports/quarantine.ts';
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
      const entry = { since, service, deployment, reason, liftedBy: null, liftedAt: null, liftedBecause: null };
      await writeRow(table, keyOf(digest), entry, newOrLiftedFrom(deployment));
    },
  };
}

/** The quarantine for whoever lifts. What was lifted stays on record, with who did it. */
export function dynamoQuarantineLifter(client: DynamoDBClient, tableName: string): QuarantineLifter {
  const table = { client, name: tableName };
  return {
    lift: async (digest, { by, at, because }) => {
      const lifted = { liftedBy: by, liftedAt: at, liftedBecause: because };
      const written = await writeRow(table, keyOf(digest), lifted, standing);
      if (written.row !== undefined) return toEntry(written.row);
      const row = written.attempts > 1 ? await readRow(table, keyOf(digest)) : undefined; // An answer was lost: it may have been our own.
      return row?.['liftedBy'] === by && row['liftedAt'] === at ? toEntry(row) : undefined;
    },
  };
}

const standing: Condition = {
  expression: 'attribute_exists(#pk) AND attribute_not_exists(#liftedBy)',
  names: ['pk', 'liftedBy'],
};

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
  const { sk, since, service, deployment, reason, liftedBy, liftedAt, liftedBecause } = row;
  if (typeof sk !== 'string' || typeof since !== 'string' || typeof service !== 'string' || typeof deployment !== 'string') {
    throw malformed(row, 'since, service and deployment are to be strings');
  }
  if (typeof reason !== 'object') throw malformed(row, 'it has no reason');
  const lifted = Object.entries({ liftedBy, liftedAt, liftedBecause }).filter(([, value]) => typeof value === 'string');
  return { digest: sk, since, service, deployment, reason: reason as Reason, ...Object.fromEntries(lifted) };
}
