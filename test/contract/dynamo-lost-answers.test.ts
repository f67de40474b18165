import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoClient } from '../../lib/adapters/dynamo-client.ts';
import { dynamoHeads } from '../../lib/adapters/dynamo-heads.ts';
import { dynamoRepositories } from '../../lib/adapters/dynamo-repositories.ts';
import { localOptions } from './client-options.ts';
import { startDynaliteTable, type DynaliteTable } from './dynalite-table.ts';
import { headFields } from './examples.ts';
import { bodyOf, startEndpoint, type LocalEndpoint } from './local-endpoint.ts';

let table: DynaliteTable;
let lossy: LocalEndpoint;
let losing = 0;
let meanwhile: (() => Promise<unknown>) | undefined;

/** Passes a request on to the engine, and cuts the connection instead of answering as often as `losing` says. */
async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': String(request.headers['x-amz-target']) };
  const authorization = String(request.headers.authorization);
  const dated = { authorization, 'x-amz-date': String(request.headers['x-amz-date']) };
  const answer = await fetch(table.endpoint, { method: 'POST', headers: { ...headers, ...dated }, body: await bodyOf(request) });
  const answered = await answer.text();
  if (losing <= 0) return void response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answered);
  losing -= 1;
  await meanwhile?.();
  request.socket.destroy();
}

function lose(times: number, then?: () => Promise<unknown>): void {
  losing = times;
  meanwhile = then;
}

beforeAll(async () => {
  table = await startDynaliteTable();
  lossy = await startEndpoint((request, response) => void pass(request, response));
});
afterAll(async () => {
  await lossy.stop();
  await table.stop();
});

const client = () => dynamoClient(localOptions(lossy.endpoint));

describe('A write whose answer is lost', () => {
  it('is known as our own when the SDK repeats it: a change of a head', async () => {
    const heads = dynamoHeads(client(), table.tableName);
    await heads.create('production/lost', headFields());
    lose(1);
    expect(await heads.change('production/lost', 1, { owed: [] })).toMatchObject({ version: 2, owed: [] });
    expect((await heads.read('production/lost'))?.version).toBe(2);
  });

  it('is known as our own when the SDK repeats it: the creation of a head', async () => {
    lose(2);
    expect(await dynamoHeads(client(), table.tableName).create('production/lost-new', headFields())).toBe(true);
  });

  it('is known as our own when the SDK repeats it: a cursor', async () => {
    const repositories = dynamoRepositories(client(), table.tableName);
    lose(1);
    expect(await repositories.create('lost', '2026-11-23T10:00:00.000Z')).toBe(true);
    lose(1);
    expect(await repositories.write({ repository: 'lost', version: 1, found: {} })).toBe(true);
  });

  it("is not taken for ours when it was somebody else's", async () => {
    const other = dynamoHeads(table.client, table.tableName);
    await other.create('production/raced', headFields());
    await other.change('production/raced', 1, { owed: [] });
    lose(1);
    expect(await dynamoHeads(client(), table.tableName).change('production/raced', 1, { waiting: {} })).toBeUndefined();
  });

  it('counts as lost when somebody has written on top of it meanwhile: the caller reads again', async () => {
    const other = dynamoHeads(table.client, table.tableName);
    await other.create('production/topped', headFields());
    lose(1, () => other.change('production/topped', 2, { barred: {} }));
    expect(await dynamoHeads(client(), table.tableName).change('production/topped', 1, { owed: [] })).toBeUndefined();
    expect(await other.read('production/topped')).toMatchObject({ version: 3, owed: [] });
  });
});
