import { GetItemCommand, UpdateItemCommand, type DynamoDBClient, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { PermanentError } from '../errors.ts';
import { calling } from './aws-errors.ts';
import { fromAttributes, toAttributes } from './dynamo-values.ts';

/** The table, and the client that reaches it. */
export interface DynamoTable {
  client: DynamoDBClient;
  name: string;
}

export interface RowKey {
  pk: string;
  sk: string;
}

/** An item in JavaScript's own values. */
export type Row = Record<string, unknown>;

/** Attributes to write: null removes one, undefined leaves it as it is. What is not named survives. */
export type Assignments = Record<string, unknown>;

/** A condition over attribute placeholders (`#name`) and the values it compares with (`:name`). */
export interface Condition {
  expression: string;
  names: string[];
  values?: Record<string, unknown>;
}

/** Reads an item as it is after every write that was answered. */
export async function readRow(table: DynamoTable, key: RowKey): Promise<Row | undefined> {
  const { Item } = await calling(`read ${nameOf(key)}`, () =>
    table.client.send(new GetItemCommand({ TableName: table.name, Key: toAttributes(key), ConsistentRead: true })),
  );
  return Item && fromAttributes(Item);
}

/** What became of a conditional write; `attempts` above one means that an earlier answer may have been lost. */
export type Written = { row: Row } | { row?: never; attempts: number };

/** Writes the named attributes if the condition holds, and answers the item as written. */
export async function writeRow(table: DynamoTable, key: RowKey, assignments: Assignments, condition?: Condition): Promise<Written> {
  return await updateRow(table, key, assignmentExpression(assignments), condition);
}

/** One UpdateItem: the update expression with its names and values, under a condition. */
export async function updateRow(table: DynamoTable, key: RowKey, update: Update, condition?: Condition): Promise<Written> {
  const input: UpdateItemCommandInput = {
    TableName: table.name,
    Key: toAttributes(key),
    UpdateExpression: update.expression,
    ExpressionAttributeNames: placeholders([...update.names, ...(condition?.names ?? [])]),
    ReturnValues: 'ALL_NEW',
  };
  if (condition !== undefined) input.ConditionExpression = condition.expression;
  const values = { ...update.values, ...condition?.values };
  if (Object.keys(values).length > 0) input.ExpressionAttributeValues = toAttributes(values);
  return await calling(`write ${nameOf(key)}`, () => send(table, input));
}

async function send(table: DynamoTable, input: UpdateItemCommandInput): Promise<Written> {
  try {
    const { Attributes = {} } = await table.client.send(new UpdateItemCommand(input));
    return { row: fromAttributes(Attributes) };
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { attempts?: number } };
    if (name === 'ConditionalCheckFailedException') return { attempts: $metadata?.attempts ?? 1 };
    throw error;
  }
}

export interface Update {
  expression: string;
  names: string[];
  values: Record<string, unknown>;
}

function assignmentExpression(assignments: Assignments): Update {
  const named = Object.entries(assignments).filter(([, value]) => value !== undefined);
  const set = named.filter(([, value]) => value !== null);
  const remove = named.filter(([, value]) => value === null);
  const clauses = [
    set.length > 0 ? `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.map(([name]) => `#${name}`).join(', ')}` : '',
  ];
  return {
    expression: clauses.filter((clause) => clause !== '').join(' '),
    names: named.map(([name]) => name),
    values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}

/** `#name` for each attribute, always: many everyday names are reserved words. */
export function placeholders(names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`#${name}`, name]));
}

/** Whether TTL is to have deleted the item by now. */
export function hasExpired(row: Row, now: Date): boolean {
  return typeof row['expiresAt'] === 'number' && row['expiresAt'] * 1000 <= now.getTime();
}

/** An instant as TTL wants it: whole seconds, none too early. */
export function epochSeconds(instant: Instant): number {
  return Math.ceil(Date.parse(instant) / 1000);
}

/** The fault of a row that this version cannot understand, by name. */
export function malformed(row: Row, what: string): PermanentError {
  return new PermanentError(`item ${String(row['pk'])} / ${String(row['sk'])} cannot be understood: ${what}`);
}

function nameOf({ pk, sk }: RowKey): string {
  return `item ${pk} / ${sk}`;
}
