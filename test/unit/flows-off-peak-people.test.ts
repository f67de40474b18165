import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import { service } from '../fakes/flow-world.ts';
import { configured, NightWorld, target } from '../fakes/night-world.ts';
import { Recording } from '../fakes/recording.ts';

let world: NightWorld;
beforeEach(async () => {
  world = await NightWorld.ofOne();
});

describe('what people do while it sleeps', () => {
  beforeEach(async () => {
    world.scaling.targets.set(service, target);
    await world.at('20:00', 2);
  });

  it('holds where they scaled it up, until it wakes', async () => {
    world.services.resize(service, 1, 1);
    await world.at('23:00', 60);
    expect(world.counts()).toBe('1 of 1');
    expect(world.toldOfSleep()).toEqual(['asleep', 'scaled-up']);
    expect(world.head().sleep?.saved.desired).toBe(2);
    await world.at('07:00', 2, 1);
    expect(world.counts()).toBe('2 of 2');
  });

  it('is forgotten where they scaled it down again', async () => {
    world.services.resize(service, 1, 1);
    await world.at('22:00', 2);
    world.services.resize(service, 0, 0);
    await world.at('00:02', 2, 1);
    expect(world.head().sleep).not.toHaveProperty('scaledUp');
  });

  it('is respected where they changed its bounds, and told', async () => {
    world.scaling.targets.set(service, { min: 0, max: 4, suspended: { in: false, out: true, scheduled: true } });
    await world.at('07:00', 2, 1);
    expect(world.scaling.targets.get(service)).toEqual({ ...target, max: 4 });
    expect(world.topic.told.at(-1)?.why).toContain('changed its maximum to 4');
  });

  it('is left to them while another acts', async () => {
    const acting = { by: 'another', until: '2026-11-24T07:03:00.000Z' };
    await world.needs().heads.change(service, world.head().version, { acting, dueAt: '2026-11-24T07:00:00.000Z' });
    await world.at('07:00', 3, 1);
    expect(world.counts()).toBe('0 of 0');
    await world.ticks(3);
    expect(world.counts()).toBe('2 of 2');
  });

  it('may be an order', async () => {
    world.now = new Date('2026-11-23T21:00:00.000Z');
    const until = '2026-11-23T23:00:00.000Z';
    expect(await world.order('wake', { until, reason: 'demo' })).toMatchObject({ outcome: 'done', reason: { code: 'override' } });
    expect(await world.order('wake', { until: '2026-11-23T21:00:00.000Z' })).toMatchObject({
      outcome: 'refused',
      reason: { code: 'command-overdue' },
    });
    await world.ticks(2);
    expect(world.counts()).toBe('2 of 2');
    expect(world.topic.told.at(-1)?.why).toContain('demo');
    await world.at('23:00', 2);
    expect(world.counts()).toBe('0 of 0');
    world.now = new Date('2026-11-24T06:59:00.000Z');
    await world.order('sleep', { until: '2026-11-24T09:00:00.000Z' });
    await world.at('07:00', 3, 1);
    expect(world.counts()).toBe('0 of 0');
    await world.at('09:00', 2, 1);
    expect(world.counts()).toBe('2 of 2');
  });

  it('may be an order to wake that comes while it is being put to sleep', async () => {
    await world.at('07:00', 3, 1);
    const scale = world.scaling.scale.bind(world.scaling);
    world.scaling.scale = async (...asked) => {
      world.scaling.scale = scale;
      await scale(...asked);
      await world.order('wake', { until: '2026-11-24T23:00:00.000Z' });
    };
    await world.at('20:01', 1, 1); // At a minute in which nobody looks at sleepers beside that.
    expect(world.counts()).toBe('0 of 0');
    await world.ticks(1);
    expect(world.counts()).toBe('2 of 2');
  });

  it('is no order that found it asleep before, by a clock ahead of the one of the tick', async () => {
    world.now = new Date('2026-11-23T21:00:30.000Z');
    await world.order('sleep', { until: '2026-11-24T05:00:00.000Z' });
    await world.needs().heads.change(service, world.head().version, { dueAt: '2026-11-23T21:00:00.000Z' });
    await world.at('21:00');
    world.services.resize(service, 1, 1);
    await world.at('21:02', 60);
    expect(world.counts()).toBe('1 of 1');
  });

  it('may be an order by a clock ahead of the one of the tick, whose claim stands no longer for that', async () => {
    world.now = new Date('2026-11-23T21:00:30.000Z');
    await world.order('wake', { until: '2026-11-24T05:00:00.000Z' });
    await world.needs().heads.change(service, world.head().version, { dueAt: '2026-11-23T21:00:00.000Z' });
    world.recording = new Recording(({ method }) => (method === 'scale' ? { kind: 'crash', moment: 'before' } : undefined));
    await world.at('21:00');
    expect(world.head()).toMatchObject({ sleep: { state: 'waking' }, acting: { until: '2026-11-23T21:01:10.000Z' } });
  });

  it('may be an order to wake', async () => {
    const head = world.head();
    const override = {
      level: 'awake',
      since: '2026-11-23T21:00:00.000Z',
      until: '2026-11-23T23:00:00.000Z',
      actor: 'ada',
      reason: 'demo',
    } as const;
    await world.needs().heads.change(service, head.version, { override, dueAt: override.since });
    await world.at('21:00', 2);
    expect(world.counts()).toBe('2 of 2');
    expect(world.head().offPeakAt).toBe(override.until);
    await world.at('23:00', 3);
    expect(world.counts()).toBe('0 of 0');
    expect(world.head()).not.toHaveProperty('override');
  });
});

describe('waking', () => {
  it('is told when its tasks do not come up, and again when they do', async () => {
    await world.at('20:00');
    world.scaling.stuck.add(service);
    await world.at('07:00', 9, 1);
    expect(world.toldOfSleep()).toEqual(['asleep']);
    await world.ticks(5);
    expect(world.toldOfSleep()).toEqual(['asleep', 'woken-late']);
    world.services.resize(service, 2, 2);
    await world.ticks(2);
    expect(world.toldOfSleep()).toEqual(['asleep', 'woken-late', 'awake']);
  });

  it('keeps an order among services', async () => {
    const database = 'production/database';
    world = new NightWorld(configured({ offPeak: { schedule: 'office-hours', after: [database] } }, { service: database }));
    world.addService('a', database, 'database');
    await world.verifiedBaseline();
    await world.at('20:00', 2);
    expect([world.counts(), world.counts(database)]).toEqual(['0 of 0', '0 of 0']);
    world.scaling.stuck.add(database);
    await world.at('07:00', 5, 1);
    expect([world.counts(), world.counts(database)]).toEqual(['0 of 0', '0 of 2']);
    world.services.resize(database, 2, 2);
    await world.ticks(3);
    expect([world.counts(), world.counts(database)]).toEqual(['2 of 2', '2 of 2']);
  });

  it('does not wait for others for ever', async () => {
    const database = 'production/database';
    world = new NightWorld(configured({ offPeak: { schedule: 'office-hours', after: [database] } }, { service: database }));
    world.addService('a', database, 'database');
    await world.verifiedBaseline();
    await world.at('20:00', 2);
    world.scaling.stuck.add(database);
    await world.at('07:00', 15, 1);
    expect(world.counts()).toBe('0 of 0');
    await world.ticks(2);
    expect(world.counts()).toBe('2 of 2');
  });

  it.each<[why: string, policy: Partial<ServicePolicy>, last: string]>([
    ['is let go', { managed: false }, 'let-go'],
    ['sleeps by no schedule any more', { offPeak: undefined } as unknown as Partial<ServicePolicy>, 'awake'],
  ])('comes first where it %s', async (_, policy, last) => {
    await world.at('20:00');
    world.configuration = { ...configured(policy), hash: 'configuration-2' };
    await world.at('22:00', 4);
    expect(world.counts()).toBe('2 of 2');
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.toldOfSleep().slice(0, 2)).toEqual(['asleep', 'awake']);
    expect(world.toldOfSleep().at(-1)).toBe(last);
  });
});
