import { describe, expect, it } from '@jest/globals';
import { breakerThreshold } from '../../sandbox/model/ecs/circuit-breaker.ts';
import type { CircuitBreaker } from '../../sandbox/model/ecs/circuit-breaker.ts';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { EcsWorld, wantedRevisions } from '../fixtures/ecs-world.ts';

const breaking = (breaker: CircuitBreaker) => ({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, ...breaker } } });

describe('breakerThreshold', () => {
  it.each<[name: string, breaker: CircuitBreaker, desired: number, threshold: number]>([
    ['is 3 at least', {}, 1, 3],
    ['is half of the desired count', {}, 25, 13],
    ['passes 3 with the seventh task', {}, 7, 4],
    ['is still 3 with the sixth', {}, 6, 3],
    ['is 200 at most', {}, 402, 200],
    ['takes a count as it is', { thresholdConfiguration: { type: 'COUNT', value: 1 } }, 50, 1],
    ['bounds another share too', { thresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 10 } }, 10, 3],
    ['bounds no unbounded share', { thresholdConfiguration: { type: 'UNBOUNDED_PERCENT', value: 10 } }, 10, 1],
  ])('%s', (_, breaker, desired, threshold) => {
    expect(breakerThreshold(breaker, desired)).toBe(threshold);
  });
});

describe('a threshold', () => {
  it.each<[name: string, type: string, value: number, taken: boolean]>([
    ['of no failure is refused', 'COUNT', 0, false],
    ['of half a failure is refused', 'COUNT', 1.5, false],
    ['of a thousand failures is taken', 'COUNT', 1000, true],
    ['of all tasks is taken', 'UNBOUNDED_PERCENT', 100, true],
    ['of more than all tasks is refused', 'UNBOUNDED_PERCENT', 101, false],
    ['of more than all tasks is refused, bounded or not', 'BOUNDED_PERCENT', 101, false],
  ])('%s', (_, type, value, taken) => {
    const world = new EcsWorld();
    const refusal = refusalOf(() => world.serve(world.revision('v1'), breaking({ thresholdConfiguration: { type, value } })));
    expect(refusal).toMatch(taken ? /^none$/ : /^InvalidParameterException: /);
  });
});

describe('the circuit breaker', () => {
  it.each<[name: string, thresholdConfiguration: object, failures: number]>([
    ['a count of five', { type: 'COUNT', value: 5 }, 5],
    ['a bounded share of all ten tasks', { type: 'BOUNDED_PERCENT', value: 100 }, 10],
    ['an unbounded share of one task in ten', { type: 'UNBOUNDED_PERCENT', value: 10 }, 1],
  ])('trips at the threshold and not before: %s', (_, thresholdConfiguration, failures) => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 10, ...breaking({ rollback: true, thresholdConfiguration }) });
    world.update(world.revision('v2', 'cannot-pull'));
    const [failed] = service.deployments;
    while (service.deployments[0] === failed) {
      expect(failed?.breakerFailures).toBeLessThan(failures);
      world.pass(0.1);
    }
    expect(service.history[0]?.breaker).toMatchObject({ status: 'TRIGGERED', failureCount: failures, threshold: failures });
  });

  it('reads the desired count again each time: a service that grew meanwhile has a higher threshold', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 1, ...breaking({ rollback: true }) });
    world.update(world.revision('v2', 'cannot-pull'));
    world.update(undefined, { desiredCount: 20 });
    const [failed] = service.deployments;
    while (service.deployments[0] === failed) world.pass(0.1);
    expect(service.history[0]?.breaker.threshold).toBe(10);
  });

  it('fails the deployment at its third task that cannot start, and goes back under the old id', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), breaking({ rollback: true }));
    const [first] = service.deployments;
    world.update(world.define());
    world.update(world.revision('v2', 'cannot-pull'));
    const [failed] = service.deployments;
    world.pass(900);
    expect(world.rollouts().slice(-3)).toEqual([`FAILED ${failed?.id}`, `IN_PROGRESS ${first?.id}`, `COMPLETED ${first?.id}`]);
    expect(
      world
        .seen('ECS Deployment State Change')
        .slice(-3)
        .map(({ detail }) => detail['reason']),
    ).toEqual([
      'ECS deployment circuit breaker: tasks failed to start.',
      `ECS deployment circuit breaker: rolling back to deploymentId ${first?.id}.`,
      `ECS deployment ${first?.id} completed.`,
    ]);
    expect(service.deployments).toEqual([first]);
    expect(wantedRevisions(service)).toEqual([1, 1]);
  });

  it('keeps the old tasks running all the while', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), breaking({ rollback: true }));
    world.update(world.revision('v2', 'cannot-pull'));
    for (let second = 0; second < 900; second++) {
      world.pass(1);
      expect(wantedRevisions(service).filter((revision) => revision === 1)).toHaveLength(2);
    }
  });

  it('stalls in FAILED without a rollback, and starts nothing more', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), breaking({ rollback: false }));
    world.update(world.revision('v2', 'cannot-pull'));
    world.pass(3600);
    const [failed, old] = service.deployments;
    expect(failed).toMatchObject({ status: 'PRIMARY', rolloutState: 'FAILED', breakerFailures: expect.any(Number) });
    expect(old).toMatchObject({ status: 'ACTIVE', rolloutState: 'COMPLETED' });
    expect(wantedRevisions(service)).toEqual([1, 1]);
    expect(service.history[0]).toMatchObject({ status: 'STOPPED', statusReason: 'ECS deployment circuit breaker: tasks failed to start.' });
  });

  it('stalls on a first deployment, which has nothing to go back to', () => {
    const world = new EcsWorld();
    const service = world.serve(world.revision('v1', 'cannot-pull'), breaking({ rollback: true }));
    world.pass(3600);
    expect(world.rollouts()).toEqual([`IN_PROGRESS ${service.deployments[0]?.id}`, `FAILED ${service.deployments[0]?.id}`]);
  });

  it('never rolls a rollback back: one that fails too ends there', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), breaking({ rollback: true }));
    world.update(world.revision('v2', 'cannot-pull'));
    while (service.history[0]?.status === 'IN_PROGRESS') world.pass(1);
    world.ecr.deleteImage('my-web-app', { imageTag: 'v1' });
    world.ecs.faults.retireAll(service);
    world.pass(3600);
    expect(service.history[0]?.status).toBe('ROLLBACK_FAILED');
    expect(service.deployments).toMatchObject([{ rolloutState: 'FAILED', definition: { revision: 1 } }]);
    expect(world.rollouts().filter((turn) => turn.startsWith('FAILED'))).toHaveLength(2);
  });

  it('misses a crash after RUNNING where nothing checks the health', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), breaking({ rollback: true }));
    world.update(world.revision('v2', 'crash after=30s'));
    world.pass(3600);
    expect(service.deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', failedTasks: 0, definition: { revision: 2 } });
  });

  it('counts a crash before the first health check passed', () => {
    const world = new EcsWorld();
    const healthCheck = { command: ['CMD-SHELL', 'true'], interval: 60 };
    const service = world.settled(world.revision('v1', 'healthy', { healthCheck }), breaking({ rollback: true }));
    world.update(world.revision('v2', 'crash after=30s', { healthCheck }));
    world.pass(900);
    expect(service.deployments[0]).toMatchObject({ rolloutState: 'COMPLETED', definition: { revision: 1 } });
    expect(service.history[0]).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      breaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    });
  });

  it.each([
    ['forgets failures when a task becomes healthy', true, 0],
    ['adds them up where it is told to', false, 1],
  ])('%s', (_, resetOnHealthyTask, failures) => {
    const world = new EcsWorld();
    const service = world.serve(world.define(), { desiredCount: 1, ...breaking({ resetOnHealthyTask }) });
    world.pass(70);
    world.push('v1');
    world.pass(300);
    expect(service.deployments[0]).toMatchObject({ rolloutState: 'COMPLETED', breakerFailures: failures, failedTasks: 0 });
  });
});
