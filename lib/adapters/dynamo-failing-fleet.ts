import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Failing } from '../domain/failing.ts';
import type { FailingFleet } from '../ports/failing-fleet.ts';
import { writeRow, type Condition, type Row, type RowKey } from './dynamo-row.ts';

const key: RowKey = { pk: 'fleet', sk: 'failing' };

/** The verdicts in guard in the table: one item, an attribute a service, so that it grows with the fleet and never with its failures. */
export function dynamoFailingFleet(client: DynamoDBClient, tableName: string): FailingFleet {
  const table = { client, name: tableName };
  return {
    add: async (failing) => failingIn((await writeRow(table, key, { [attributeOf(failing)]: entryOf(failing) })).row ?? {}),
    forget: async (failing) => {
      await Promise.all(failing.map((one) => writeRow(table, key, { [attributeOf(one)]: null }, still(one))));
    },
    take: async ({ by, until }, now) => {
      const written = await writeRow(table, key, { toldBy: by, toldUntil: until }, freeFor(by, now));
      return written.row !== undefined;
    },
    told: async ({ by, until }) => void (await writeRow(table, key, { toldBy: by, toldUntil: until })),
  };
}

// A name that an expression takes, of whatever length and signs the service's is.
function attributeOf({ service }: Failing): string {
  return `of_${createHash('sha256').update(service).digest('hex').slice(0, 32)}`;
}

function failingIn(row: Row): Failing[] {
  return Object.entries(row).flatMap(([name, value]) => (name.startsWith('of_') ? parse(value) : []));
}

function entryOf({ at, service, digests }: Failing): string {
  return [at, service, digests.join(',')].join('#');
}

// What this version does not understand is left alone.
function parse(value: unknown): Failing[] {
  const [at, service, digests] = typeof value === 'string' ? value.split('#') : [];
  return at === undefined || service === undefined || digests === undefined ? [] : [{ service, at, digests: digests.split(',') }];
}

function still(failing: Failing): Condition {
  const name = attributeOf(failing);
  return { expression: `#${name} = :still`, names: [name], values: { ':still': entryOf(failing) } };
}

function freeFor(by: string, now: string): Condition {
  return {
    expression: 'attribute_not_exists(#toldUntil) OR #toldUntil <= :now OR #toldBy = :by',
    names: ['toldUntil', 'toldBy'],
    values: { ':now': now, ':by': by },
  };
}
