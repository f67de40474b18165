import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Enrolled, Enrolment } from '../ports/enrolment.ts';
import { malformed, readRow, type Row, writeRow } from './dynamo-row.ts';

const key = { pk: 'configuration', sk: 'current' };

/** Which configuration is enrolled: one item. A portion without a hash takes the old hash away, since neither configuration is whole then. */
export function dynamoEnrolment(client: DynamoDBClient, tableName: string): Enrolment {
  const table = { client, name: tableName };
  return {
    read: async () => {
      const row = await readRow(table, key);
      return row === undefined ? { services: [], repositories: [] } : toEnrolled(row);
    },
    write: async ({ hash = null, services, repositories, pending = null }) => {
      await writeRow(table, key, { hash, services, repositories, pending });
    },
  };
}

function toEnrolled(row: Row): Enrolled {
  const { hash, services, repositories, pending } = row;
  if (!Array.isArray(services) || !Array.isArray(repositories)) throw malformed(row, 'services and repositories are to be lists');
  const enrolled: Enrolled = { services: services as string[], repositories: repositories as string[] };
  if (typeof hash === 'string') enrolled.hash = hash;
  if (typeof pending === 'object') enrolled.pending = pending as NonNullable<Enrolled['pending']>;
  return enrolled;
}
