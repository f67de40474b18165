import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDeploymentLog } from '../../lib/adapters/dynamo-deployment-log.ts';
import { dynamoHistory } from '../../lib/adapters/dynamo-history.ts';
import { dynamoHeads } from '../../lib/adapters/dynamo-heads.ts';
import { startDynaliteTable, type DynaliteTable } from './dynalite-table.ts';
import { aDeployment, headFields } from './examples.ts';

let table: DynaliteTable;
beforeAll(async () => {
  table = await startDynaliteTable();
});
afterAll(() => table.stop());

const heads = () => dynamoHeads(table.client, table.tableName);
const log = () => dynamoDeploymentLog(table.client, table.tableName);

/** Sets attributes of an item behind the adapters' back. */
async function set(pk: string, sk: string, attributes: Record<string, unknown>): Promise<void> {
  const names = Object.keys(attributes);
  const update = new UpdateItemCommand({
    TableName: table.tableName,
    Key: marshall({ pk, sk }),
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: marshall(Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]]))),
  });
  await table.client.send(update);
}

async function itemOf(pk: string, sk: string): Promise<Record<string, unknown>> {
  const { Item = {} } = await table.client.send(new GetItemCommand({ TableName: table.tableName, Key: marshall({ pk, sk }) }));
  return unmarshall(Item);
}

describe('Items in the table', () => {
  it('keep attributes of a head that a newer version wrote, at the top and inside', async () => {
    await heads().create('production/newer', headFields());
    const current = { ...aDeployment(), votes: ['anna'] };
    await set('service#production/newer', 'head', { sleep: { desired: 3 }, current });
    const read = await heads().read('production/newer');
    await heads().change('production/newer', 1, { current: { ...(read?.current ?? aDeployment()), state: 'baking' } });
    expect(await itemOf('service#production/newer', 'head')).toMatchObject({
      sleep: { desired: 3 },
      current: { votes: ['anna'], state: 'baking' },
    });
  });

  it('keep attributes of a deployment that a newer version wrote', async () => {
    await log().write(aDeployment());
    await set('service#production/web', `deployment#${aDeployment().id}`, { votes: ['anna'] });
    await log().write(aDeployment({ state: 'live' }));
    expect(await itemOf('service#production/web', `deployment#${aDeployment().id}`)).toMatchObject({ votes: ['anna'], state: 'live' });
  });

  it('carry the end of a deployment in whole seconds, for the table to delete', async () => {
    await log().write(aDeployment({ service: 'production/ttl' }), '2026-11-23T10:00:00.001Z');
    expect(await itemOf('service#production/ttl', `deployment#${aDeployment().id}`)).toMatchObject({ expiresAt: 1795428001 });
  });

  it('leave the index together: dueShard goes with dueAt', async () => {
    await heads().create('production/due', headFields({ dueAt: '2026-11-23T10:00:00.000Z' }));
    expect((await itemOf('service#production/due', 'head'))['dueShard']).toMatch(/^due#[0-3]$/);
    await heads().change('production/due', 1, { dueAt: null });
    const item = await itemOf('service#production/due', 'head');
    expect([item['dueAt'], item['dueShard']]).toEqual([undefined, undefined]);
  });

  it.each<[name: string, attributes: Record<string, unknown>]>([
    ['without a version', { enrolledAt: 'x' }],
    ['without the instant of enrolling', { version: 1 }],
    ['with a deployment in a state of the future', { version: 1, enrolledAt: 'x', current: aDeployment({ state: 'voting' as 'live' }) }],
    ['with verified that is no list', { version: 1, enrolledAt: 'x', verified: 'none' }],
    ['with waiting that is no map', { version: 1, enrolledAt: 'x', waiting: ['none'] }],
  ])('name their keys when a head cannot be understood: %s', async (name, attributes) => {
    const service = `production/${name.replaceAll(' ', '-')}`;
    await set(`service#${service}`, 'head', attributes);
    await expect(heads().read(service)).rejects.toThrow(`item service#${service} / head cannot be understood`);
  });

  it('name their keys when a deployment cannot be understood', async () => {
    await set('service#production/odd', 'deployment#1', { id: '1', state: 'voting', images: {} });
    await expect(dynamoHistory(table.client, table.tableName).list('production/odd', 10)).rejects.toThrow(
      'item service#production/odd / deployment#1 cannot be understood',
    );
  });
});
