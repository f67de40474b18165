import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Candidate, RepositoryName } from '../domain/image.ts';
import type { Repositories, RepositoryCursor } from '../ports/repositories.ts';
import { dueAttributes } from './due-shard.ts';
import { malformed, readRow, type Row, type RowKey } from './dynamo-row.ts';
import { changeVersioned, createVersioned } from './dynamo-versioned.ts';

const prefix = 'repository#';

/** Where each repository's listing stands: one item a repository. */
export function dynamoRepositories(client: DynamoDBClient, tableName: string): Repositories {
  const table = { client, name: tableName };
  return {
    read: async (repository) => {
      const row = await readRow(table, keyOf(repository));
      return row && toCursor(row);
    },
    create: async (repository, dueAt) => {
      const key = keyOf(repository);
      return (await createVersioned(table, key, { found: {}, ...dueAttributes(key.pk, dueAt) })) !== undefined;
    },
    write: async ({ repository, version, page = null, found, missing = null, dueAt = null }) => {
      const key = keyOf(repository);
      const assignments = { page, found, missing, ...dueAttributes(key.pk, dueAt) };
      return (await changeVersioned(table, key, version, assignments)) !== undefined;
    },
  };
}

function keyOf(repository: RepositoryName): RowKey {
  return { pk: `${prefix}${repository}`, sk: 'cursor' };
}

const optional = ['page', 'dueAt', 'missing'] as const satisfies (keyof RepositoryCursor)[];

function toCursor(row: Row): RepositoryCursor {
  const { pk, version, found } = row;
  if (typeof pk !== 'string' || typeof version !== 'number') throw malformed(row, 'it has no version');
  if (typeof found !== 'object' || found === null) throw malformed(row, 'found is no map');
  return {
    repository: pk.slice(prefix.length),
    version,
    found: Object.fromEntries(Object.entries(found).map(([key, one]) => [key, [one].flat() as Candidate[]])), // Once it was a single one.
    ...Object.fromEntries(optional.filter((name) => row[name] !== undefined).map((name) => [name, row[name]])),
  };
}
