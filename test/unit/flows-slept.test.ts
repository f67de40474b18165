import { beforeEach, describe, expect, it } from '@jest/globals';
import { leaveScaledUp } from '../../lib/decide/transitions/sleep.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { Sleep } from '../../lib/domain/sleep.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';
import { Recording } from '../fakes/recording.ts';
import { aSchedule } from '../fixtures/schedules.ts';

const nights = aSchedule({ timezone: 'UTC', awake: ['Mon-Sun 07:00-20:00'] });
let world: FlowWorld;

/** Jumps to an hour of 2026-11-23 (or so many days later) and ticks as often. */
async function at(time: string, ticks = 1, days = 0): Promise<void> {
  world.now = new Date(`2026-11-${23 + days}T${time}:00.000Z`);
  await world.tick();
  await world.ticks(ticks - 1);
}

const launch = [{ provider: 'FARGATE', base: 0, weight: 1 }];
const revision = () => world.services.services.get(service)?.taskDefinition ?? '';
const ran = () => ({ taskDefinition: revision(), launch });
const slept = () => [...(world.table.sleeps.get(service)?.values() ?? [])];

describe('what was slept off', () => {
  beforeEach(async () => {
    const offPeak = { schedule: 'office-hours', after: [] };
    world = new FlowWorld({ ...aConfiguration([aPolicy({ offPeak })]), schedules: { 'office-hours': nights } });
    await world.verifiedBaseline();
    world.services.services.set(service, { ...world.services.services.get(service)!, launch });
  });

  it('is on record once it is over, with what it ran and each change of its count', async () => {
    const before = ran();
    await at('20:00', 2);
    expect(slept()).toEqual([]);
    await at('07:00', 2, 1);
    expect(slept()).toEqual([
      {
        record: {
          since: '2026-11-23T20:00:00.000Z',
          saved: { desired: 2 },
          ran: before,
          counts: [
            { at: '2026-11-23T20:00:00.000Z', desired: 0 },
            { at: '2026-11-24T07:00:00.000Z', desired: 2 },
          ],
        },
        expiresAt: '2027-02-22T07:01:00.000Z',
      },
    ]);
  });

  it('counts by what it ran when it fell asleep, whatever was deployed meanwhile', async () => {
    const before = ran();
    await at('20:00');
    world.now = new Date('2026-11-24T02:00:00.000Z');
    await world.pushed('b');
    world.advance(60_000);
    await world.completed();
    await at('07:00', 3, 1);
    expect(revision()).not.toBe(before.taskDefinition);
    expect(slept()[0]?.record.ran).toEqual(before);
  });

  it('ends where somebody scales it up, and goes on when it is scaled down again', async () => {
    await at('20:00', 2);
    world.services.resize(service, 1, 1);
    await at('23:00', 2);
    world.services.resize(service, 0, 0);
    await at('02:00', 2, 1);
    await at('07:00', 2, 1);
    expect(slept()[0]?.record.counts?.map(({ at: since, desired }) => `${since.slice(11, 16)} ${desired}`)).toEqual([
      '20:00 0',
      '23:00 1',
      '02:00 0',
      '07:00 2',
    ]);
  });

  it('is nothing where there was nothing to sleep off', async () => {
    world.services.resize(service, 0, 0);
    await at('20:00', 2);
    await at('07:00', 3, 1);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(slept()).toEqual([]);
  });

  it.each(['before', 'after'] as const)('is on record once though it was written and the function died %s', async (moment) => {
    let died = false;
    world.recording = new Recording(({ port }) => {
      if (port !== 'sleepLog' || died) return undefined;
      died = true;
      return { kind: 'crash', moment };
    });
    await at('20:00');
    await at('07:00', 1, 1);
    world.advance(60_000);
    await world.tick();
    expect(died).toBe(true);
    expect(world.head().sleep).toMatchObject({ state: 'waking' });
    world.recording.revive();
    await world.ticks(3);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(slept()).toHaveLength(1);
  });

  it('is told apart where it only would have been, in mode watch', async () => {
    world.configuration = {
      ...world.configuration,
      ...aConfiguration([aPolicy({ offPeak: { schedule: 'office-hours', after: [] }, mode: 'watch' })]),
    };
    world.configuration = { ...world.configuration, schedules: { 'office-hours': nights } };
    world.scaling.target = async () => Promise.reject(new Error('nobody may ask for its bounds'));
    await at('20:00', 30);
    expect(world.topic.told.map(({ state, headline }) => `${state}: ${headline}`).slice(-1)).toEqual([
      `asleep: ${service} would be asleep now`,
    ]);
    expect(await world.order('wake', { until: '2026-11-23T23:00:00.000Z' })).toMatchObject({
      outcome: 'refused',
      reason: { code: 'watch-only' },
    });
    await at('07:00', 30, 1);
    expect(world.services.services.get(service)).toMatchObject({ desiredCount: 2, runningCount: 2 });
    expect(world.scaling.changes).toEqual([]);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.head()).not.toHaveProperty('wouldSleep');
    const [asleep, awake] = world.topic.told.filter(({ state }) => state === 'asleep' || state === 'awake');
    expect(asleep?.why).toContain('Mode is watch: nothing was changed.');
    expect(awake).toMatchObject({
      headline: `${service} would be awake again`,
      why: expect.stringContaining('Mode is watch: nothing was changed.'),
    });
    expect(slept().map(({ record }) => record)).toEqual([
      {
        since: '2026-11-23T20:00:00.000Z',
        saved: { desired: 2 },
        watched: true,
        ran: ran(),
        counts: [
          { at: '2026-11-23T20:00:00.000Z', desired: 0 },
          { at: '2026-11-24T07:00:00.000Z', desired: 2 },
        ],
      },
    ]);
  });

  it.each<[when: string, time: string, days: number, differing: Partial<ServicePolicy>]>([
    ['ends by day', '08:00', 1, {}],
    ['ends with its schedule', '22:00', 0, { offPeak: undefined } as unknown as Partial<ServicePolicy>],
    ['ends since it is let go', '22:00', 0, { managed: false }],
  ])('is forgotten as only watched where that %s', async (_, time, days, differing) => {
    const offPeak = { schedule: 'office-hours', after: [] };
    const configured = (policy: Partial<ServicePolicy>) => ({
      ...aConfiguration([aPolicy({ offPeak, ...policy })]),
      schedules: { 'office-hours': nights },
    });
    world.configuration = configured({ mode: 'watch' });
    await at('20:00', 2);
    expect(world.head().wouldSleep).toMatchObject({ saved: { desired: 2 } });
    world.configuration = { ...configured(differing), hash: 'configuration-2' };
    await at(time, 3, days);
    expect(world.head()).not.toHaveProperty('wouldSleep');
    expect(world.head()).not.toHaveProperty('sleep');
  });

  it('is forgotten as only watched where that ends by night', async () => {
    const [watch, deploy] = (['watch', 'deploy'] as const).map((mode) => ({
      ...world.configuration,
      ...aConfiguration([aPolicy({ offPeak: { schedule: 'office-hours', after: [] }, mode })]),
      schedules: { 'office-hours': nights },
    }));
    world.configuration = watch!;
    await at('20:00', 2);
    expect(world.head().wouldSleep).toMatchObject({ saved: { desired: 2 } });
    world.configuration = { ...deploy!, hash: 'configuration-2' };
    await at('21:00', 2);
    expect(world.head()).not.toHaveProperty('wouldSleep');
    expect(world.head().sleep).toMatchObject({ state: 'asleep', saved: { desired: 2 } });
  });

  it('keeps the latest changes of a count that changes without end', () => {
    const begun = {
      since: 'x',
      reason: { code: 'off-peak', text: '' },
      state: 'asleep',
      saved: { desired: 2 },
      left: { desired: 0 },
    } as const;
    let sleep: Sleep = begun;
    for (let minute = 0; minute < 40; minute += 1)
      sleep = leaveScaledUp(sleep, minute, new Date(Date.UTC(2026, 10, 23, 20, minute))).change.sleep as Sleep;
    expect(sleep.counts).toHaveLength(32);
    expect(sleep.counts?.[0]).toEqual({ at: '2026-11-23T20:08:00.000Z', desired: 8 });
  });
});
