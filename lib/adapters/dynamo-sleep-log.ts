import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SleptRecord } from '../domain/sleep.ts';
import type { SleepHistory, SleepLog } from '../ports/sleep-log.ts';
import { newestFirst } from './dynamo-newest-first.ts';
import { epochSeconds, malformed, writeRow, type Row } from './dynamo-row.ts';

const pageSize = 200;
const prefix = 'sleep#';

/** Sleeps in the table: one item each, in the partition of its service. */
export function dynamoSleepLog(client: DynamoDBClient, name: string): SleepLog {
  return {
    write: async (service, { since, saved, watched, ran, counts }, expiresAt) => {
      const key = { pk: `service#${service}`, sk: `${prefix}${since}` };
      await writeRow({ client, name }, key, { saved, watched, ran, counts, expiresAt: epochSeconds(expiresAt) });
    },
  };
}

/** The sleeps for those who read them. One sleep ends before the next begins: what began before the first that was over by then is of no interest. */
export function dynamoSleepHistory(client: DynamoDBClient, name: string, now = () => new Date()): SleepHistory {
  return {
    list: async (service, from) => {
      const found: SleptRecord[] = [];
      for await (const rows of newestFirst({ client, name }, service, 'sleep', now(), pageSize)) {
        found.push(...rows.map(toSlept));
        if (found.some(({ since }) => since <= from)) break;
      }
      return found.filter(({ since }, index) => since > from || index === found.findIndex((one) => one.since <= from));
    },
  };
}

function toSlept(row: Row): SleptRecord {
  const { sk, saved, counts = [] } = row;
  const { desired } = (saved ?? {}) as { desired?: unknown };
  if (typeof sk !== 'string' || !sk.startsWith(prefix)) throw malformed(row, 'its key names no sleep');
  if (typeof desired !== 'number' || !Array.isArray(counts)) throw malformed(row, 'it says not how many tasks slept');
  const { ran } = row as { ran?: SleptRecord['ran'] };
  return {
    since: sk.slice(prefix.length),
    saved: saved as SleptRecord['saved'],
    counts: counts as NonNullable<SleptRecord['counts']>,
    ...(row['watched'] === true ? { watched: true } : {}),
    ...(ran === undefined ? {} : { ran }),
  };
}
