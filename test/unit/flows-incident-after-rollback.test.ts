import { beforeEach, describe, expect, it } from '@jest/globals';
import { FlowWorld } from '../fakes/flow-world.ts';

const hourMs = 60 * 60_000;
let world: FlowWorld;

/** A bad image was rolled back, and the service runs again what was verified before it. */
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  await world.pushed('b');
  await world.crash(3);
  world.advance(60_000);
  await world.completed();
  world.topic.told.length = 0;
  world.services.updates.length = 0;
});

async function crash(times: number, from: string): Promise<void> {
  const { taskDefinition } = world.head().current ?? {};
  for (let nth = 0; nth < times; nth += 1) await world.stopped(world.crashed(`${from}-${nth}`, taskDefinition));
}

describe('what a service was put back on', () => {
  it('is told when its tasks fail too, in the thread of what was rolled back, and is not put back once more', async () => {
    const { current } = world.head();
    expect(current).toMatchObject({ state: 'live', returned: { from: expect.any(String) } });
    await crash(3, 'after');
    expect(world.topic.told).toMatchObject([{ state: 'incident', level: 'critical', deployment: current?.returned?.from }]);
    expect(world.head().current).toMatchObject({ id: current?.id, state: 'live', incidentAt: world.now.toISOString() });
    expect(world.services.updates).toEqual([]);
    expect([...world.table.quarantine.keys()]).toHaveLength(1);
  });

  it('is told once, however many follow within the window', async () => {
    await crash(3, 'first');
    world.advance(hourMs);
    await crash(3, 'second');
    await world.ticks(3);
    expect(world.told()).toEqual(['incident']);
  });

  it('is told anew by an id of its own when it lasts longer than a window', async () => {
    await crash(3, 'first');
    world.advance(2 * hourMs + 60_000);
    await crash(3, 'second');
    expect(world.told()).toEqual(['incident', 'incident']);
    expect(new Set(world.topic.told.map(({ id }) => id)).size).toBe(2); // Channels drop what has an id that they know.
  });

  it('is told of no longer than a guard lasts', async () => {
    world.advance(24 * hourMs + 60_000);
    await crash(3, 'late');
    expect(world.told()).toEqual([]);
  });
});
