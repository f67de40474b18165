import { describe, expect, it } from '@jest/globals';
import { EcsWorld } from '../fixtures/ecs-world.ts';

/** Eight hours of pushes, crashes and faults. */
function someHours(seed: number): EcsWorld {
  const world = new EcsWorld({ seed });
  const service = world.settled(world.revision('v0'), { desiredCount: 3 });
  const runs = ['healthy', 'crash after=20s', 'cannot-pull', 'slow start=30s'];
  for (let i = 1; i <= 8; i++) {
    world.update(world.revision(`v${i}`, runs[i % runs.length]));
    world.pass(1800);
    world.ecs.faults.retireAll(service);
    world.pass(1800);
  }
  return world;
}

/** A line for each event: a matcher would take seconds to walk through them. */
function told({ events }: EcsWorld): string[] {
  return events.map((event) => JSON.stringify(event));
}

describe('the model of ECS', () => {
  const once = told(someHours(3));

  it('plays the same seed in the same way, to the last event', () => {
    const again = told(someHours(3));
    expect(once.length).toBeGreaterThan(500);
    expect(once.findIndex((line, i) => line !== again[i])).toBe(-1);
    expect(again).toHaveLength(once.length);
  });

  it('plays another seed in another way', () => {
    expect(once.join('\n') === told(someHours(4)).join('\n')).toBe(false);
  });

  it('rolls thousands of deployments in seconds, in memory that does not grow with them', () => {
    const world = new EcsWorld();
    const [first, second] = [world.revision('v1'), world.revision('v2')];
    const service = world.settled(first);
    const begun = performance.now();
    for (let i = 0; i < 1000; i++) {
      world.update(i % 2 === 0 ? second : first);
      world.pass(240);
      world.events.length = 0;
      expect(service.deployments.map(({ rolloutState }) => rolloutState).join()).toBe('COMPLETED');
    }
    process.stdout.write(`1000 simulated deployments of two tasks took ${Math.round(performance.now() - begun)} ms\n`);
    expect(world.ecs.tasks.list('production').length).toBeLessThan(2 * 20 + 2);
    expect(service.events).toHaveLength(100);
  });
});
