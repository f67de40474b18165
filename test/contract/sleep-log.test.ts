import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sleep } from '../../lib/domain/sleep.ts';
import { suiteNow, tableImplementations, type TablePorts } from './table-implementations.ts';

const later = '2027-02-21T12:00:00.000Z';
const slept = (day: number, desired = 3): Sleep => ({
  since: `2026-11-${day}T20:00:00.000Z`,
  reason: { code: 'off-peak', text: 'at night' },
  state: 'waking',
  saved: { desired, target: { min: 1, max: 8, suspended: { in: false, out: false, scheduled: false } } },
  left: { desired: 0 },
  ran: { taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/web:1', launch: [{ provider: 'FARGATE', base: 0, weight: 1 }] },
  counts: [
    { at: `2026-11-${day}T20:00:01.000Z`, desired: 0 },
    { at: `2026-11-${day + 1}T07:00:01.000Z`, desired },
  ],
});
const onRecord = ({ since, saved, ran, counts }: Sleep) => ({ since, saved, ran, counts });

describe.each(tableImplementations)('SleepLog on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());

  it('lists newest first what was not over by then, and of that service alone', async () => {
    for (const day of [11, 13, 12, 10]) await ports.sleepLog.write('production/web', slept(day), later);
    await ports.sleepLog.write('production/web-2', slept(14), later);
    expect(await ports.sleeps.list('production/web', '2026-11-12T00:00:00.000Z')).toEqual([13, 12, 11].map((day) => onRecord(slept(day))));
    expect(await ports.sleeps.list('production/web', '2026-11-12T20:00:00.000Z')).toEqual([13, 12].map((day) => onRecord(slept(day))));
    expect(await ports.sleeps.list('production/web', '2026-01-01T00:00:00.000Z')).toHaveLength(4);
  });

  it('is the same when it is written again, and takes what is known since', async () => {
    await ports.sleepLog.write('production/again', slept(10), later);
    await ports.sleepLog.write('production/again', slept(10), later);
    expect(await ports.sleeps.list('production/again', slept(10).since)).toEqual([onRecord(slept(10))]);
    await ports.sleepLog.write('production/again', slept(10, 4), later);
    expect(await ports.sleeps.list('production/again', slept(10).since)).toEqual([onRecord(slept(10, 4))]);
  });

  it('keeps apart what only would have slept', async () => {
    await ports.sleepLog.write('production/watched', { ...slept(10), watched: true }, later);
    expect(await ports.sleeps.list('production/watched', later)).toEqual([{ ...onRecord(slept(10)), watched: true }]);
  });

  it('leaves out what has expired, and what is no sleep', async () => {
    await ports.sleepLog.write('production/old', slept(10), suiteNow.toISOString());
    await ports.sleepLog.write('production/old', slept(11), later);
    await ports.heads.create('production/old', {
      enrolledAt: '2026-11-01T09:00:00.000Z',
      verified: [],
      waiting: {},
      seen: {},
      barred: {},
      owed: [],
    });
    expect(await ports.sleeps.list('production/old', '2026-01-01T00:00:00.000Z')).toEqual([onRecord(slept(11))]);
    expect(await ports.sleeps.list('production/none', '2026-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('keeps a sleep of a head that an older version wrote, of which less is known', async () => {
    const { since, reason, state, saved, left } = slept(10);
    const older = { since, reason, state, saved, left };
    await ports.sleepLog.write('production/older', older, later);
    expect(await ports.sleeps.list('production/older', later)).toEqual([{ since: older.since, saved: older.saved, counts: [] }]);
  });
});
