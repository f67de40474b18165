import { describe, expect, it } from '@jest/globals';
import { EcsWorld, firstTask } from '../fixtures/ecs-world.ts';

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

/** What happens in an hour in which services and tasks are read so often a minute. */
function anHour(readsPerMinute: number): string[] {
  const world = new EcsWorld({ staleReadsMs: 10_000 });
  world.settled(world.revision('v1'));
  world.update(world.revision('v2', 'crash after=30s'));
  for (let minute = 0; minute < 60; minute++) {
    for (let read = 0; read < readsPerMinute; read++) {
      describeNow(world);
      world.ecs.listTasks('production');
    }
    world.pass(60);
  }
  return world.events.map((event) => JSON.stringify(event));
}

describe('A read that lags', () => {
  it('changes nothing of what happens, however often it is made', () => {
    const told = anHour(0);
    expect(told.length).toBeGreaterThan(100);
    expect(anHour(3).join('\n') === told.join('\n')).toBe(true);
  });
});

const often = <Seen>(read: () => Seen): Set<Seen> => new Set(Array.from({ length: 50 }, read));

describe('reads of tasks and service deployments that lag', () => {
  it('miss a task that was just started, and tell of a stop some seconds late', () => {
    const world = new EcsWorld({ staleReadsMs: 10_000 });
    const service = world.settled(world.revision('v1'), { desiredCount: 1 });
    const task = firstTask(service);
    const told = () => world.ecs.describeTask('production', task.arn)?.desiredStatus;
    const listed = () => world.ecs.listTasks('production', 'service:my-web-app').length;
    world.ecs.stopTask('production', task.arn);
    world.ecs.updateService({ cluster: 'production', service: 'my-web-app', desiredCount: 3 });
    expect(often(told)).toContain('RUNNING');
    world.pass(5);
    expect(often(told)).toEqual(new Set(['RUNNING', 'STOPPED']));
    expect(often(listed)).toEqual(new Set([1, 4]));
    world.pass(10);
    expect(often(told)).toEqual(new Set(['STOPPED']));
    expect(often(listed)).toEqual(new Set([4]));
  });

  it('miss a service deployment that just began', () => {
    const world = new EcsWorld({ staleReadsMs: 10_000 });
    const service = world.settled(world.revision('v1'));
    world.update(world.revision('v2'));
    const seen = () =>
      world.ecs
        .describeHistory(service)
        .map(({ status }) => status)
        .join(' ');
    expect(often(seen)).toContain('SUCCESSFUL');
    world.pass(5);
    expect(often(seen)).toEqual(new Set(['SUCCESSFUL', 'PENDING SUCCESSFUL', 'IN_PROGRESS SUCCESSFUL']));
    world.pass(10);
    expect(often(seen)).toEqual(new Set(['IN_PROGRESS SUCCESSFUL']));
  });
});
