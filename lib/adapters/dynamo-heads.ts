import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head, HeadChange } from '../domain/head.ts';
import type { Heads } from '../ports/heads.ts';
import { dueAttributes } from './due-shard.ts';
import { readRow, updateRow, type Assignments, type DynamoTable, type Row, type RowKey, type Written } from './dynamo-row.ts';
import { changeVersioned, createVersioned } from './dynamo-versioned.ts';
import { toHead } from './head-row.ts';

/** Heads in the table: one item a service, sort key `head`. */
export function dynamoHeads(client: DynamoDBClient, tableName: string): Heads {
  const table = { client, name: tableName };
  return {
    read: async (service) => headOf(await readRow(table, keyOf(service))),
    create: async (service, fields) => (await createVersioned(table, keyOf(service), assignmentsOf(service, fields))) !== undefined,
    change: async (service, version, change) =>
      headOf(await changeVersioned(table, keyOf(service), version, assignmentsOf(service, change))),
    addFailures: async (service, entries) =>
      entries.length === 0
        ? headOf(await readRow(table, keyOf(service)))
        : headOf((await alterFailures(table, service, 'ADD', entries)).row),
    forgetFailures: async (service, entries) => {
      if (entries.length > 0) await alterFailures(table, service, 'DELETE', entries);
    },
  };
}

function keyOf(service: ServiceKey): RowKey {
  return { pk: `service#${service}`, sk: 'head' };
}

function assignmentsOf(service: ServiceKey, { dueAt, ...change }: HeadChange): Assignments {
  return { ...change, ...dueAttributes(keyOf(service).pk, dueAt) };
}

/** Neither checks nor moves the version: a stop is counted whoever changes the head at that moment. */
async function alterFailures(table: DynamoTable, service: ServiceKey, verb: 'ADD' | 'DELETE', entries: string[]): Promise<Written> {
  const update = { expression: `${verb} #failures :entries`, names: ['failures'], values: { ':entries': new Set(entries) } };
  return await updateRow(table, keyOf(service), update, { expression: 'attribute_exists(#pk)', names: ['pk'] });
}

function headOf(row: Row | undefined): Head | undefined {
  return row && toHead(row);
}
