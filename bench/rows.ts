import { cluster, serviceName } from './packaging.ts';
import { openWorld, runOneTask, subject, tableName, untilTold, type World } from './world.ts';

/** An item as DynamoDB's API has it. */
export type Row = Record<string, Record<string, unknown>>;

const batch = 25;
const lanes = 8;
const farAway = { S: '2099-01-01T00:00:00.000Z' };

/** What the product itself wrote about the subject until its baseline was verified. */
export interface Written {
  head: Row;
  deployment: Row;
  repository: Row;
  configuration: Row;
}

/** Lets the product enrol and take its baseline in a world of its own, and reads what it wrote. */
export async function writtenByProduct(folder: string): Promise<Written> {
  const world = await openWorld(folder, 0);
  try {
    await runOneTask(world);
    await untilTold(world, 'live');
    const { Items } = (await world.sandbox.call('dynamodb', 'Scan', { TableName: tableName })) as { Items: Row[] };
    const find = (pk: string, sk: string): Row => {
      const row = Items.find((item) => item['pk']?.['S'] === pk && String(item['sk']?.['S']).startsWith(sk));
      if (row === undefined) throw new Error(`the product wrote no item ${pk} / ${sk}`);
      return row;
    };
    const service = `service#${subject.key}`;
    return {
      head: find(service, 'head'),
      deployment: find(service, 'deployment#'),
      repository: find(`repository#${subject.name}`, 'cursor'),
      configuration: find('configuration', 'current'),
    };
  } finally {
    await world.sandbox.close();
  }
}

/** What a table holds of so many enrolled services, of which the subject alone is due before long, and of so long a history. */
export function* tableOf(written: Written, hash: string, services: number, history: number): Generator<Row> {
  yield written.head;
  yield written.deployment;
  yield written.repository;
  yield { ...written.configuration, hash: { S: hash } };
  const { dueShard: _, dueAt: __, ...atRest } = written.repository;
  const unread = { ...atRest, missing: { BOOL: true } }; // The sandbox has none of them, and people were told so.
  for (let index = 1; index < services; index += 1) {
    const resting = { dueShard: { S: `due#${index % 4}` }, dueAt: farAway };
    yield { ...written.head, ...resting, pk: { S: `service#${cluster}/${serviceName(index)}` } };
    yield { ...unread, pk: { S: `repository#${serviceName(index)}` } };
  }
  for (let index = 0; index < history; index += 1)
    yield { ...written.deployment, sk: { S: `deployment#0${String(index).padStart(10, '0')}` } };
}

/** Writes rows, a few batches at a time. */
export async function writeRows({ sandbox }: World, rows: Generator<Row>): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let next = take(rows); next.length > 0; next = take(rows)) {
      const requests = next.map((Item) => ({ PutRequest: { Item } }));
      await sandbox.call('dynamodb', 'BatchWriteItem', { RequestItems: { [tableName]: requests } });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function take(rows: Generator<Row>): Row[] {
  const taken: Row[] = [];
  while (taken.length < batch) {
    const { value, done } = rows.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}
