import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Posted, Posts, Thread } from '../ports/chat.ts';
import { epochSeconds, malformed, readRow, updateRow, writeRow, type Condition, type Row, type RowKey, type Update } from './dynamo-row.ts';

/** What was posted where, in the table: one item a subject and channel, which expires by itself; one more a channel while it refuses. */
export function dynamoPosts(client: DynamoDBClient, tableName: string): Posts {
  const table = { client, name: tableName };
  return {
    take: async (channel, subject, by, now, until) => {
      const written = await updateRow(table, keyOf(channel, subject), taking(by, until), freeOrOwn(by, now));
      return written.row && toPosted(written.row);
    },
    write: async (channel, subject, { keys, thread }, keptUntil) => {
      const assignments = { keys, thread, takenBy: null, takenUntil: null, expiresAt: epochSeconds(keptUntil) };
      await writeRow(table, keyOf(channel, subject), assignments);
    },
    release: async (channel, subject) => void (await writeRow(table, keyOf(channel, subject), { takenBy: null, takenUntil: null })),
    refusal: async (channel) => {
      const { since, quietUntil } = (await readRow(table, refusedKey(channel))) ?? {};
      return { ...(typeof since === 'string' ? { since } : {}), ...(typeof quietUntil === 'string' ? { quietUntil } : {}) };
    },
    noteRefused: async (channel, since) =>
      (await writeRow(table, refusedKey(channel), { since }, { expression: 'attribute_not_exists(#since)', names: ['since'] })).row !==
      undefined,
    noteRecovered: async (channel, quietUntil) => {
      const refused = { expression: 'attribute_exists(#since)', names: ['since'] };
      return (await writeRow(table, refusedKey(channel), { since: null, quietUntil }, refused)).row !== undefined;
    },
  };
}

function keyOf(channel: string, subject: string): RowKey {
  return { pk: `posted#${subject}`, sk: channel };
}

function refusedKey(channel: string): RowKey {
  return { pk: 'channel', sk: channel };
}

// What was posted before keeps its end: a post that breaks off must not make the thread expire.
function taking(by: string, until: string): Update {
  return {
    expression: 'SET #takenBy = :by, #takenUntil = :until, #expiresAt = if_not_exists(#expiresAt, :soon)',
    names: ['takenBy', 'takenUntil', 'expiresAt'],
    values: { ':by': by, ':until': until, ':soon': epochSeconds(until) },
  };
}

// The same function that takes it again had lost an answer: its own claim bars it from nothing.
function freeOrOwn(by: string, now: string): Condition {
  return {
    expression: 'attribute_not_exists(#takenUntil) OR #takenUntil <= :now OR #takenBy = :me',
    names: ['takenUntil', 'takenBy'],
    values: { ':now': now, ':me': by },
  };
}

function toPosted(row: Row): Posted {
  const { keys = [], thread } = row;
  if (!Array.isArray(keys)) throw malformed(row, 'keys is no list');
  return { keys: keys as string[], ...(thread === undefined ? {} : { thread: thread as Thread }) };
}
