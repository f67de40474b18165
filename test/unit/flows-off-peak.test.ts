import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { attendOffPeak } from '../../lib/flows/off-peak.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';
import { service } from '../fakes/flow-world.ts';
import { configured, NightWorld, nights, target } from '../fakes/night-world.ts';

let world: NightWorld;
beforeEach(async () => {
  world = await NightWorld.ofOne();
});

describe('a service with a schedule', () => {
  it('sleeps at its hour and wakes as it was', async () => {
    world.scaling.targets.set(service, target);
    await world.at('19:59', 1);
    expect(world.counts()).toBe('2 of 2');
    await world.at('20:00', 3);
    expect(world.counts()).toBe('0 of 0');
    expect(world.scaling.targets.get(service)).toEqual({ min: 0, max: 8, suspended: { in: false, out: true, scheduled: true } });
    expect(world.head().sleep).toMatchObject({ state: 'asleep', saved: { desired: 2, target } });
    await world.at('06:59', 1, 1);
    expect(world.counts()).toBe('0 of 0');
    await world.at('07:00', 2, 1);
    expect(world.counts()).toBe('2 of 2');
    expect(world.scaling.targets.get(service)).toEqual(target);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.scaling.changes).toEqual([`bound ${service} 0-8`, `scale ${service} 0`, `bound ${service} 2-8`, `scale ${service} 2`]);
    expect(world.toldOfSleep()).toEqual(['asleep', 'awake']);
  });

  it('sleeps and wakes though the registry answers nothing', async () => {
    world.registry.byDigest = async () => {
      throw new TransientError('the registry is away');
    };
    await world.at('20:00', 1, 1); // A day after it was verified, whether there is a way back is to be asked.
    expect(world.counts()).toBe('0 of 0');
    expect(world.head().trouble?.reason).toContain('the registry is away');
    await world.at('07:00', 1, 2);
    expect(world.counts()).toBe('2 of 2');
  });

  it('touches its count alone where it does not scale by itself', async () => {
    await world.at('20:00');
    await world.at('07:00', 2, 1);
    expect(world.scaling.changes).toEqual([`scale ${service} 0`, `scale ${service} 2`]);
  });

  it('is asked again at its edges, and not each minute', () => {
    expect(world.head().offPeakAt).toBe('2026-11-23T20:00:00.000Z');
  });

  it('is due by no hour of a schedule that was taken away', async () => {
    world.configuration = { ...configured(), ...aConfiguration([aPolicy()]) };
    await world.at('20:00', 3);
    expect(world.head().dueAt! > world.now.toISOString()).toBe(true);
  });

  it('is not due each minute where there is no service that could sleep', async () => {
    world.services.services.delete(service);
    await world.at('20:00', 3);
    expect(world.head().dueAt! > world.now.toISOString()).toBe(true);
  });

  it('makes up for ticks that were missed', async () => {
    await world.at('23:17');
    expect(world.counts()).toBe('0 of 0');
    await world.at('21:30', 2, 3);
    expect(world.counts()).toBe('0 of 0');
    expect(world.toldOfSleep()).toEqual(['asleep']);
    await world.at('12:34', 2, 5);
    expect(world.counts()).toBe('2 of 2');
  });

  it('sleeps with what its schedule leaves', async () => {
    world.configuration = { ...configured({}), schedules: { 'office-hours': { ...nights, asleep: { min: 0, desired: 1 } } } };
    await world.at('20:00');
    expect(world.counts()).toBe('1 of 1');
  });

  it('has nothing taken and nothing given back at 0', async () => {
    world.services.resize(service, 0, 0);
    await world.at('20:00', 2);
    await world.at('07:00', 3, 1);
    expect(world.counts()).toBe('0 of 0');
    expect(world.toldOfSleep()).toEqual([]);
    expect(world.head()).not.toHaveProperty('sleep');
  });

  it('that a person put below its minimum, at 0, stays there: its bounds given back would bring it up', async () => {
    world.scaling.targets.set(service, target);
    world.services.resize(service, 0, 0);
    await world.at('20:00', 2);
    await world.at('07:00', 3, 1);
    expect(world.counts()).toBe('0 of 0');
    expect(world.scaling.targets.get(service)).toEqual(target);
    expect(world.toldOfSleep()).toEqual([]);
    expect(world.head()).not.toHaveProperty('sleep');
  });

  it('that a person stopped, and starts at night, runs on', async () => {
    world.scaling.targets.set(service, target);
    world.services.resize(service, 0, 0);
    await world.at('20:00', 2);
    world.services.resize(service, 3, 3);
    await world.at('22:00', 3);
    await world.at('07:00', 3, 1);
    expect(world.counts()).toBe('3 of 3');
  });

  it('that cannot sleep says so once', async () => {
    world.services.add(service, world.running(), { daemon: true });
    await world.at('20:00', 5);
    await world.at('20:00', 5, 1);
    expect(world.counts()).toBe('2 of 2');
    expect(world.toldOfSleep()).toEqual(['cannot-sleep']);
  });
});

describe('a service that is let go of while it sleeps', () => {
  it('is woken, and what it got meanwhile is neither verified nor condemned', async () => {
    await world.at('20:00', 2);
    await world.pushed('b');
    world.services.complete(service, world.now.toISOString());
    world.scaling.stuck.add(service);
    world.configuration = { ...configured({ managed: false }), hash: 'configuration-2' };
    await world.at('22:00', 2);
    world.services.resize(service, 2, 1);
    await world.ticks(20);
    world.services.resize(service, 2, 2);
    await world.ticks(3);
    expect(world.states()).toEqual(['a live', 'b cancelled']);
    expect(world.toldOfSleep().at(-1)).toBe('let-go');
  });
});

describe('a service that is to sleep before it is whole again', () => {
  it('finds in the morning what somebody gave it by day, though its tasks never came up', async () => {
    await world.at('20:00', 2);
    world.scaling.stuck.add(service);
    await world.at('07:00', 12, 1);
    expect(world.toldOfSleep()).toEqual(['asleep', 'woken-late']);
    world.scaling.stuck.delete(service);
    world.services.resize(service, 5, 1);
    await world.at('20:00', 4, 1);
    expect(world.counts()).toBe('0 of 0');
    expect(world.head().sleep).toMatchObject({ saved: { desired: 5 } });
    await world.at('07:00', 4, 2);
    expect(world.counts()).toBe('5 of 5');
  });
});

describe('a service that was deleted while it slept', () => {
  it('is let go all the same', async () => {
    await world.at('20:00');
    world.services.services.delete(service);
    world.configuration = { ...configured({ managed: false }), hash: 'configuration-2' };
    await world.at('22:00', 20);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.head()).toMatchObject({ obstacle: { code: 'let-go' } });
    expect(world.head().dueAt).toBeUndefined();
    expect(world.toldOfSleep()).toEqual(['asleep', 'trouble', 'let-go']); // Between them: ECS knows no such service.
  });
});

it('is left alone where nothing was made ready for it', async () => {
  const { scaling: _, ...needs } = { scaling: undefined, ...world.needs() };
  const found = {
    head: world.head(),
    service: world.services.services.get(service)!,
    policy: aPolicy({ offPeak: { schedule: 'office-hours', after: [] } }),
    invocation: world.invocation(),
  };
  await attendOffPeak(needs, { ...found, invocation: { ...found.invocation, now: new Date('2026-11-23T22:00:00.000Z') } });
  expect(world.counts()).toBe('2 of 2');
});
