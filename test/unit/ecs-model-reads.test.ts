import { describe, expect, it } from '@jest/globals';
import { EcsWorld } from '../fixtures/ecs-world.ts';

const describeNow = (world: EcsWorld) => world.ecs.describeService('production', 'my-web-app');

describe('reads that lag', () => {
  it('see for some seconds what stood before a write, and after those the write', () => {
    const world = new EcsWorld({ staleReadsMs: 10_000 });
    world.settled(world.revision('v1'));
    world.update(undefined, { desiredCount: 5 });
    const soon = Array.from({ length: 50 }, () => describeNow(world)?.desiredCount);
    world.pass(5);
    const later = Array.from({ length: 50 }, () => describeNow(world)?.desiredCount);
    world.pass(5);
    const last = Array.from({ length: 50 }, () => describeNow(world)?.desiredCount);
    expect(soon).toContain(2);
    expect(new Set(later)).toEqual(new Set([2, 5]));
    expect(new Set(last)).toEqual(new Set([5]));
  });

  it('may miss that a rollout completed when its event is told', () => {
    const world = new EcsWorld({ staleReadsMs: 10_000 });
    world.serve(world.revision('v1'));
    while (!world.rollouts().some((turn) => turn.startsWith('COMPLETED'))) world.pass(1);
    const states = Array.from({ length: 50 }, () => describeNow(world)?.deployments[0]?.rolloutState);
    expect(states).toContain('IN_PROGRESS');
  });

  it('do not lag unless they are told to', () => {
    const world = new EcsWorld();
    world.settled(world.revision('v1'));
    world.update(undefined, { desiredCount: 5 });
    expect(describeNow(world)?.desiredCount).toBe(5);
  });
});
