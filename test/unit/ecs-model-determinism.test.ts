import { describe, expect, it } from '@jest/globals';
import { EcsWorld } from '../fixtures/ecs-world.ts';

/** A day of pushes, crashes and faults. */
function aDay(seed: number): EcsWorld {
  const world = new EcsWorld({ seed });
  const service = world.settled(world.revision('v0'), { desiredCount: 3 });
  const runs = ['healthy', 'crash after=20s', 'cannot-pull', 'slow start=30s'];
  for (let i = 1; i <= 24; i++) {
    world.update(world.revision(`v${i}`, runs[i % runs.length]));
    world.pass(1800);
    world.ecs.faults.retireAll(service);
    world.pass(1800);
  }
  return world;
}

describe('the model of ECS', () => {
  it('plays the same seed in the same way, to the last event', () => {
    expect(aDay(3).events).toEqual(aDay(3).events);
  });

  it('plays another seed in another way', () => {
    expect(aDay(3).events.map(({ at }) => at)).not.toEqual(aDay(4).events.map(({ at }) => at));
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
      expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
    }
    process.stdout.write(`1000 simulated deployments of two tasks took ${Math.round(performance.now() - begun)} ms\n`);
    expect(world.ecs.tasks.list('production').length).toBeLessThan(2 * 20 + 2);
    expect(service.events).toHaveLength(100);
  });
});
