import { beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox } from '../../sandbox/start.ts';
import { packaged } from '../fixtures/packaged.ts';
import { bytesInUse, overgrown, soak } from '../soak/soak.ts';

/** Kept as it was each time, the item below would take 25 MB. */
const allowed = 12_000_000;

/** Beside everything else that a run of the tests does, packaging alone may take a minute. */
const patienceMs = 180_000;

const run = async (seed: string): Promise<string> => soak({ folder: await packaged('one'), seed, periods: 1, periodMs: 300_000 });

describe('A sandbox that runs for long', () => {
  beforeAll(() => packaged('one'), patienceMs);

  it(
    'ends in the same state for the same seed, and in another for another',
    async () => {
      const [first, again, other] = [await run('first'), await run('first'), await run('other')];
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    },
    patienceMs,
  );

  it('keeps of an item what it is, and not what it was', async () => {
    const sandbox = await startSandbox();
    const call = async (operation: string, input: object): Promise<unknown> =>
      sandbox.call('dynamodb', operation, { TableName: 'records', ...input });
    await call('CreateTable', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    });
    const turn = async (count: number): Promise<void> => {
      await call('PutItem', { Item: { pk: { S: 'a' }, count: { N: String(count) }, text: { S: 'x'.repeat(100_000) } } });
      await call('Query', { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'a' } } });
    };
    for (let count = 0; count < 20; count++) await turn(count);
    const before = bytesInUse();
    for (let count = 0; count < 250; count++) await turn(count);
    const grownBy = (): number => bytesInUse() - before;
    // What the connections hold is let go of in some turns of the event loop.
    for (let turns = 0; turns < 50 && grownBy() >= allowed; turns++) await new Promise(setImmediate);
    await sandbox.close();
    expect(grownBy()).toBeLessThan(allowed);
  });

  it('keeps of a small item no more than its bytes', async () => {
    const sandbox = await startSandbox();
    await sandbox.call('dynamodb', 'CreateTable', {
      TableName: 'small',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    });
    const turn = async (count: number): Promise<void> => {
      await sandbox.call('dynamodb', 'PutItem', { TableName: 'small', Item: { pk: { S: String(count) } } });
      for (let taken = 0; taken < 3; taken++) Buffer.from('x'.repeat(30_000)); // As whoever else takes from Node's pool.
    };
    for (let count = 0; count < 20; count++) await turn(count);
    const before = bytesInUse();
    for (let count = 20; count < 320; count++) await turn(count);
    const grownBy = (): number => bytesInUse() - before;
    for (let turns = 0; turns < 50 && grownBy() >= allowed; turns++) await new Promise(setImmediate);
    await sandbox.close();
    expect(grownBy()).toBeLessThan(allowed);
  });

  it.each<[sentence: string, grown: string | undefined, measured: number[]]>([
    ['lets the first days fill what is filled once', undefined, [60e6, 74e6, 75e6, 75e6]],
    ['lets a day add what its pushes leave', undefined, [60e6, 75.25e6, 75.5e6]],
    ['fails where a day adds more', '76.0 MB in use after 3 periods, where 75.8 MB are allowed', [60e6, 70e6, 75.5e6, 76e6]],
  ])('%s', (_, grown, measured) => {
    expect(overgrown(measured)).toBe(grown);
  });
});
