import { describe, expect, it } from '@jest/globals';
import { EcsWorld, firstTask } from '../fixtures/ecs-world.ts';

describe('what happens to tasks on demand', () => {
  it('warns of a Spot interruption two minutes before the stop, and replaces the task at once', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), {
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    });
    const task = firstTask(service);
    const warnedAt = world.agenda.now().getTime();
    world.ecs.faults.interruptSpot(task);
    expect(world.events.at(-1)?.detail).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'STOPPED', stopCode: 'SpotInterruption' });
    world.pass(10);
    expect([...(service.deployments[0]?.tasks ?? [])]).toHaveLength(2);
    world.agenda.runUntil(new Date(warnedAt + 119_999));
    expect(task.lastStatus).toBe('RUNNING');
    world.agenda.runUntil(new Date(warnedAt + 120_000));
    expect(task.lastStatus).toBe('DEACTIVATING');
  });

  it('counts neither a Spot interruption nor a retired host as a failure of the deployment', () => {
    const world = new EcsWorld();
    const service = world.serve(world.revision('v1'));
    world.pass(45);
    world.ecs.faults.interruptSpot(firstTask(service));
    world.ecs.faults.retireAll(service);
    expect(service.deployments[0]).toMatchObject({ failedTasks: 0, breakerFailures: 0 });
  });

  it('says of a retired host what AWS says', () => {
    const world = new EcsWorld();
    world.ecs.faults.retireAll(world.settled(world.revision('v1')));
    expect(world.events.at(-1)?.detail).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'ECS is performing maintenance on the underlying infrastructure hosting the task.',
    });
  });

  it('places nothing without capacity, tells each try, and goes on when there is some again', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 1 });
    world.ecs.faults.noCapacity(service, true);
    world.update(undefined, { desiredCount: 2 });
    world.pass(200);
    const failures = world.actions().filter((name) => name === 'SERVICE_TASK_PLACEMENT_FAILURE');
    expect(failures).toHaveLength(4);
    expect([...(service.deployments[0]?.tasks ?? [])]).toHaveLength(1);
    world.ecs.faults.noCapacity(service, false);
    world.pass(60);
    expect([...(service.deployments[0]?.tasks ?? [])]).toHaveLength(2);
  });
});

const launches = (world: EcsWorld): number[] =>
  world.seen('ECS Task State Change').flatMap(({ at, detail }) => (detail['lastStatus'] === 'PROVISIONING' ? [at.getTime()] : []));

describe("the scheduler's throttle", () => {
  it('slows down starts that never reach RUNNING, up to 27 minutes, and says so once', () => {
    const world = new EcsWorld();
    world.serve(world.revision('v1', 'cannot-pull'), { desiredCount: 1 });
    world.pass(6 * 3600);
    const gaps = launches(world).map((at, i, all) => (at - (all[i - 1] ?? at)) / 60_000);
    expect(Math.max(...gaps.slice(0, 3))).toBeLessThan(2);
    expect(Math.max(...gaps)).toBeGreaterThan(27);
    expect(Math.max(...gaps)).toBeLessThan(30);
    expect(world.actions().filter((name) => name === 'SERVICE_TASK_START_IMPAIRED')).toHaveLength(1);
  });

  it('does not slow down crashes after RUNNING', () => {
    const world = new EcsWorld();
    world.serve(world.revision('v1', 'crash after=30s'), { desiredCount: 1 });
    world.pass(3600);
    const gaps = launches(world).map((at, i, all) => at - (all[i - 1] ?? at));
    expect(Math.max(...gaps)).toBeLessThan(90_000);
    expect(world.actions()).not.toContain('SERVICE_TASK_START_IMPAIRED');
  });

  it('begins anew with a new task definition', () => {
    const world = new EcsWorld();
    const service = world.serve(world.revision('v1', 'cannot-pull'), { desiredCount: 1 });
    world.pass(3600);
    world.update(world.revision('v2'));
    world.pass(120);
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED', definition: { revision: 2 } }]);
  });
});

describe('the steady state', () => {
  it('is told when it is reached, and every six hours while it lasts', () => {
    const world = new EcsWorld({ steadyStateRepeatsMs: 6 * 3_600_000 });
    world.settled(world.revision('v1'));
    const count = () => world.actions().filter((name) => name === 'SERVICE_STEADY_STATE').length;
    expect(count()).toBe(1);
    world.pass(6 * 3600);
    expect(count()).toBe(2);
    world.update(world.revision('v2', 'crash after=30s'));
    world.pass(24 * 3600);
    expect(count()).toBe(2);
  });
});
