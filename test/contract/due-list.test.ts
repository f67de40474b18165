import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { headFields } from './examples.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const at = (minute: number): string => `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`;
const head = (i: number) => ({ kind: 'head', service: `production/service-${i}` });

describe.each(tableImplementations)('DueList on %s', (_, open) => {
  let ports: TablePorts;
  // Eight heads, due at minute 10 to 17 in the reverse order of their names, so that they fall on several shards; one head that is never due.
  beforeAll(async () => {
    ports = await open();
    for (let i = 0; i < 8; i += 1) await ports.heads.create(`production/service-${i}`, headFields({ dueAt: at(17 - i) }));
    await ports.heads.create('production/idle', headFields());
    await ports.repositories.create('team/my-web-app', at(20));
  });
  afterAll(() => ports.close());

  it('tells nothing before the first is due', async () => {
    expect(await ports.dueList.due('2026-11-23T12:09:59.999Z', 10)).toEqual({ items: [], rest: false });
  });

  it('tells one at the very millisecond that it is due', async () => {
    expect(await ports.dueList.due(at(10), 10)).toEqual({ items: [head(7)], rest: false });
  });

  it('tells heads and repositories, oldest first over all shards', async () => {
    const { items, rest } = await ports.dueList.due(at(30), 100);
    expect(items).toEqual([...[7, 6, 5, 4, 3, 2, 1, 0].map(head), { kind: 'repository', repository: 'team/my-web-app' }]);
    expect(rest).toBe(false);
  });

  it.each([
    [1, 2, true],
    [7, 8, true],
    [8, 9, false],
    [9, 9, false],
  ])(
    'tells at most %i of each kind, so that neither crowds out the other: %i of 9, and whether there is a rest: %s',
    async (limit, count, rest) => {
      const due = await ports.dueList.due(at(30), limit);
      expect(due.items).toHaveLength(count);
      expect(due.rest).toBe(rest);
    },
  );

  it('no longer tells what was moved or is due no more', async () => {
    await ports.heads.create('production/moving', headFields({ dueAt: '2026-01-01T00:00:00.000Z' }));
    await ports.heads.create('production/ending', headFields({ dueAt: '2026-01-01T00:00:00.000Z' }));
    await ports.repositories.create('ending', '2026-01-01T00:00:00.000Z');
    expect((await ports.dueList.due('2026-01-01T00:00:00.000Z', 10)).items).toHaveLength(3);
    await ports.heads.change('production/moving', 1, { dueAt: at(59) });
    await ports.heads.change('production/ending', 1, { dueAt: null });
    await ports.repositories.write({ repository: 'ending', version: 1, found: {} });
    expect((await ports.dueList.due('2026-01-01T00:00:00.000Z', 10)).items).toEqual([]);
  });

  it('still tells what was written without a word about when it is due', async () => {
    await ports.heads.create('production/staying', headFields({ dueAt: '2026-01-01T00:00:00.000Z' }));
    await ports.heads.change('production/staying', 1, { owed: [] });
    expect((await ports.dueList.due('2026-01-01T00:00:00.000Z', 10)).items).toEqual([{ kind: 'head', service: 'production/staying' }]);
  });
});
