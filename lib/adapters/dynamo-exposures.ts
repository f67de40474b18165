import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Exposure, Exposures } from '../ports/exposures.ts';
import { epochSeconds, writeRow, type Condition, type RowKey } from './dynamo-row.ts';

/** Exposures in the table: one item a digest, which expires by itself. */
export function dynamoExposures(client: DynamoDBClient, tableName: string): Exposures {
  const table = { client, name: tableName };
  return {
    take: async (exposure, now) => {
      const condition: Condition = {
        expression: 'attribute_not_exists(#pk) OR #until <= :now OR #rank < :rank OR #by = :by',
        names: ['pk', 'until', 'rank', 'by'],
        values: { ':now': now },
      };
      const written = await writeRow(table, keyOf(exposure), assignments(exposure), condition);
      return written.row !== undefined;
    },
    told: async (exposure) => void (await writeRow(table, keyOf(exposure), assignments(exposure))),
  };
}

function keyOf({ digest }: Exposure): RowKey {
  return { pk: 'exposure', sk: digest };
}

function assignments({ by, rank, until }: Exposure) {
  return { by, rank, until, expiresAt: epochSeconds(until) };
}
