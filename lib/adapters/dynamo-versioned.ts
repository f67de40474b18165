import { randomUUID } from 'node:crypto';
import { readRow, writeRow, type Assignments, type Condition, type DynamoTable, type Row, type RowKey } from './dynamo-row.ts';

/** Creates the item with version 1. Undefined: there is one already, which stays as it is. */
export async function createVersioned(table: DynamoTable, key: RowKey, assignments: Assignments): Promise<Row | undefined> {
  return await writeVersion(table, key, 1, assignments, { expression: 'attribute_not_exists(#pk)', names: ['pk'] });
}

/** Writes the named attributes and raises the version by one. Undefined: the item's version is not the one given. */
export async function changeVersioned(
  table: DynamoTable,
  key: RowKey,
  version: number,
  assignments: Assignments,
): Promise<Row | undefined> {
  const condition = { expression: '#version = :expected', names: ['version'], values: { ':expected': version } };
  return await writeVersion(table, key, version + 1, assignments, condition);
}

/**
 * When an answer is lost, the SDK writes again and meets its own first write, whose version is one too high by then. The token of the writer tells it
 * from somebody else's. Where somebody has already written on top, the caller is told that it lost: it reads again and finds its own words.
 */
async function writeVersion(
  table: DynamoTable,
  key: RowKey,
  version: number,
  assignments: Assignments,
  condition: Condition,
): Promise<Row | undefined> {
  const writer = randomUUID();
  const written = await writeRow(table, key, { ...assignments, version, writer }, condition);
  if (written.row !== undefined || written.attempts <= 1) return written.row;
  const row = await readRow(table, key);
  return row?.['writer'] === writer ? row : undefined;
}
