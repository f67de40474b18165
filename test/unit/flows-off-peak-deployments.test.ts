import { beforeEach, describe, expect, it } from '@jest/globals';
import { service } from '../fakes/flow-world.ts';
import { NightWorld } from '../fakes/night-world.ts';

let world: NightWorld;
beforeEach(async () => {
  world = await NightWorld.ofOne();
});

/** An image comes at night, and its rollout completes with no task. */
async function pushedAsleep(): Promise<void> {
  await world.at('20:00');
  world.now = new Date('2026-11-24T02:00:00.000Z');
  await world.pushed('b');
  world.advance(60_000);
  await world.completed();
}

describe('deployments and sleep', () => {
  it('are decided before it falls asleep, and that is told when it takes long', async () => {
    world.now = new Date('2026-11-23T19:58:00.000Z');
    await world.pushed('b');
    await world.at('20:00', 30);
    expect(world.toldOfSleep()).toEqual([]);
    expect(world.head().postponed).toMatchObject({ since: '2026-11-23T20:00:00.000Z', reason: { code: 'sleep-postponed' } });
    await world.ticks(10);
    expect(world.toldOfSleep()).toEqual(['sleep-postponed']);
    expect(world.counts()).toBe('2 of 2');
    await world.completed();
    await world.ticks(20);
    expect(world.toldOfSleep()).toEqual(['sleep-postponed', 'asleep']);
    expect(world.topic.told.at(-1)).toMatchObject({ state: 'asleep', closes: { level: 'warning' } }); // For whoever heard that it stayed awake.
  });

  it('fall asleep once the bake has passed', async () => {
    world.now = new Date('2026-11-23T19:58:00.000Z');
    await world.pushed('b');
    world.advance(60_000);
    await world.completed();
    await world.at('20:00', 3);
    expect(world.counts()).toBe('2 of 2');
    await world.at('20:06', 2);
    expect(world.counts()).toBe('0 of 0');
    expect(world.head()).not.toHaveProperty('postponed');
    expect(world.image()).toBe('b');
  });

  it('come while it sleeps, are untested, and verified after it woke', async () => {
    await pushedAsleep();
    await world.ticks(30);
    expect(world.counts()).toBe('0 of 0');
    expect(world.head().current).toMatchObject({ state: 'baking', untested: true });
    await world.at('07:00', 9, 1);
    expect(world.counts()).toBe('2 of 2');
    expect(world.head().current).toMatchObject({ state: 'live' });
    expect(world.image()).toBe('b');
  });

  it('that came while it slept are rolled back when none of their tasks comes up in the morning', async () => {
    await pushedAsleep();
    world.scaling.stuck.add(service);
    await world.at('07:00', 29, 1);
    expect(world.head().current).toMatchObject({ state: 'baking', tasksWantedAt: expect.any(String) });
    await world.ticks(5);
    expect(world.head().current).toMatchObject({ state: 'rolling-back', reason: { code: 'rollout-overdue' } });
    expect(world.image()).toBe('a');
  });

  it('that came while it slept are rolled back when they fail in the morning', async () => {
    await pushedAsleep();
    await world.at('07:00', 2, 1);
    await world.crash(3);
    expect(world.image()).toBe('a');
    await world.ticks(1);
    await world.completed();
    await world.ticks(2);
    expect(world.counts()).toBe('2 of 2');
    expect(world.states()).toContain('b rolled-back');
  });
});
