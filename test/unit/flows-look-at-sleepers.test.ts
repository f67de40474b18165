import { describe, expect, it } from '@jest/globals';
import { sleepersAt } from '../../lib/decide/off-peak/sleepers-at.ts';
import { lookAtSleepers } from '../../lib/flows/look-at-sleepers.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { Sleep } from '../../lib/domain/sleep.ts';
import type { Heads } from '../../lib/ports/heads.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';
import { Recording } from '../fakes/recording.ts';
import { aSchedule } from '../fixtures/schedules.ts';

const offPeak = { schedule: 'office-hours', after: [] };
const nights = aSchedule({ timezone: 'UTC', awake: ['Mon-Sun 07:00-20:00'] });
const fleet = (size: number) =>
  aConfiguration([
    ...Array.from({ length: size }, (_, index) => aPolicy({ service: `production/sleeper-${index}`, offPeak })),
    aPolicy({ service: 'production/sleepless' }),
    aPolicy({ service: 'production/watched', offPeak, mode: 'watch' }),
    aPolicy({ service: 'production/gone', offPeak, managed: false }),
  ]);
const nobody = async () => Promise.reject(new Error('nobody may ask'));
const minute = (n: number) => new Date(Date.UTC(2026, 10, 23, 20, n));

const aSleep = (differing: Partial<Sleep> = {}): Sleep => ({
  since: '2026-11-23T20:00:00.000Z',
  reason: { code: 'off-peak', text: 'at night' },
  state: 'asleep',
  saved: { desired: 2 },
  left: { desired: 0 },
  ...differing,
});

describe('the turn of a sleeper', () => {
  it.each([
    [1, 15],
    [75, 15],
    [76, 16],
    [1000, 200],
  ])('of %d comes once in %d minutes, five a minute at most, and no other has one', (size, round) => {
    const turns = Array.from({ length: round }, (_, n) => sleepersAt(fleet(size), minute(n)).map((policy) => policy.service));
    expect(Math.max(...turns.map((turn) => turn.length))).toBeLessThanOrEqual(5);
    expect(turns.flat().toSorted()).toEqual(Array.from({ length: size }, (_, index) => `production/sleeper-${index}`).toSorted());
    expect(sleepersAt(fleet(size), minute(round))).toEqual(sleepersAt(fleet(size), minute(0)));
  });
});

async function asleep(): Promise<FlowWorld> {
  const world = new FlowWorld({ ...aConfiguration([aPolicy({ offPeak })]), schedules: { 'office-hours': nights } });
  await world.verifiedBaseline();
  world.now = new Date('2026-11-23T20:00:00.000Z');
  await world.ticks(1);
  return world;
}
const told = (world: FlowWorld): string[] => world.told().filter((state) => state === 'scaled-up');

describe('looking at sleepers', () => {
  it('finds within a quarter of an hour that somebody scaled one up, and tells it once', async () => {
    const world = await asleep();
    world.services.resize(service, 3, 3);
    await world.ticks(17);
    expect(told(world)).toEqual(['scaled-up']);
    expect(world.head().sleep).toMatchObject({ state: 'asleep', saved: { desired: 2 }, scaledUp: { desired: 3 } });
    await world.ticks(40);
    expect(told(world)).toEqual(['scaled-up']);
    world.services.resize(service, 4, 4);
    await world.ticks(17);
    expect(told(world)).toEqual(['scaled-up', 'scaled-up']);
  });

  it('reads and writes nothing of the table where one sleeps as it was left', async () => {
    const world = await asleep();
    await world.ticks(5);
    let looks = 0;
    const services = {
      read: async (key: string) => {
        looks += 1;
        return world.services.services.get(key);
      },
    };
    const heads = { ...world.needs().heads, read: nobody, change: nobody };
    for (let n = 0; n < 30; n += 1)
      await lookAtSleepers({ ...world.needs(), services, heads }, minute(n).toISOString(), world.invocation());
    expect(looks).toBe(2);
    expect(world.logged.map(({ message }) => message)).not.toContain('sleeper not looked at');
  });

  it.each<[name: string, differing: Partial<Head>, due: boolean]>([
    ['makes a head due whose service was scaled up', {}, true],
    ['leaves one alone that wakes', { sleep: aSleep({ state: 'waking' }) }, false],
    ['leaves one alone that was ordered awake', { sleep: undefined } as unknown as Partial<Head>, false],
    ['leaves one to whoever acts', { acting: { by: 'another', until: '2026-11-23T22:02:00.000Z' } }, false],
    ['leaves one alone of which that is known', { sleep: aSleep({ scaledUp: { since: '2026-11-23T21:00:00.000Z', desired: 2 } }) }, false],
    [
      'looks again where it was scaled up further',
      { sleep: aSleep({ scaledUp: { since: '2026-11-23T21:00:00.000Z', desired: 1 } }) },
      true,
    ],
  ])('%s', async (_, differing, due) => {
    const world = await asleep();
    const changes: object[] = [];
    const heads = {
      ...world.needs().heads,
      read: async () => ({ ...world.head(), version: 7, sleep: aSleep(), ...differing }),
      change: async (...change: unknown[]) => void changes.push(change),
    } as unknown as Heads;
    const services = { read: async () => ({ ...world.services.services.get(service)!, desiredCount: 2 }) };
    for (let n = 0; n < 15; n += 1)
      await lookAtSleepers({ ...world.needs(), services, heads }, minute(n).toISOString(), world.invocation());
    expect(changes).toEqual(due ? [[service, 7, { dueAt: world.now.toISOString() }]] : []);
  });

  it('goes on where ECS does not answer, and looks at nobody by day', async () => {
    const world = await asleep();
    world.services.resize(service, 3, 3);
    world.recording = new Recording(({ port, method }) =>
      port === 'services' && method === 'read' ? { kind: 'throttle', moment: 'before' } : undefined,
    );
    await world.ticks(15);
    expect(world.logged).toContainEqual(
      expect.objectContaining({ message: 'sleeper not looked at', fields: expect.objectContaining({ service }) }),
    );
    const before = world.logged.length;
    world.now = new Date('2026-11-24T08:00:00.000Z');
    await world.ticks(30);
    expect(world.logged.slice(before).map(({ message }) => message)).not.toContain('sleeper not looked at');
  });
});
