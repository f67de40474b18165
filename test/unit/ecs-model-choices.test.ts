import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { EcsWorld, firstTask, manifestOf, uri } from '../fixtures/ecs-world.ts';

const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };

/** A service whose tag moved to a bad image, and what it runs after the breaker took it back. */
function takenBack(rollbackResolvesTags: boolean) {
  const world = new EcsWorld({ choices: { rollbackResolvesTags } });
  const good = world.push('latest');
  const service = world.settled(world.define(`${uri}:latest`), breaker);
  const bad = world.push('latest', 'cannot-pull');
  world.update(undefined, { forceNewDeployment: true });
  world.pass(30 * 60);
  world.ecs.faults.retireAll(service);
  world.pass(120);
  return { good, bad, pinned: service.deployments.map(({ digests }) => digests.get('app')) };
}

describe('a native rollback', () => {
  it('runs the digests that its revision pinned', () => {
    const { good, pinned } = takenBack(false);
    expect(pinned).toEqual([good]);
  });

  it('resolves the tag anew where that is chosen, and so comes back to the bad image', () => {
    const { bad, pinned } = takenBack(true);
    expect(pinned[0]).toBe(bad);
  });
});

const update = (world: EcsWorld): string => refusalOf(() => world.update(undefined, { taskDefinition: 'my-web-app:2' }));
const deregistered = (inactiveLagMs: number): EcsWorld => {
  const world = new EcsWorld({ choices: { inactiveLagMs } });
  world.settled(world.revision('v1'));
  world.revision('v2');
  world.ecs.definitions.deregister('my-web-app:2');
  return world;
};

describe('a revision that was deregistered', () => {
  it('is refused at once', () => {
    expect(update(deregistered(0))).toMatch(/^ClientException: TaskDefinition is inactive$/);
  });

  it('is taken for a while where AWS lags, and refused after ten minutes', () => {
    expect(update(deregistered(600_000))).toBe('none');
    const world = deregistered(600_000);
    world.pass(600);
    expect(update(world)).toMatch(/^ClientException: /);
  });
});

describe('containers that AWS adds', () => {
  it('stand in tasks and events without an image, and are in no task definition', () => {
    const world = new EcsWorld({ choices: { injectedContainers: ['aws-guardduty-agent-a1b2c3'] } });
    const service = world.settled(world.revision('v1', 'crash after=60s'), { desiredCount: 1 });
    const stopped = world
      .seen('ECS Task State Change')
      .flatMap(({ detail }) => (detail['lastStatus'] === 'STOPPED' ? [detail['containers']] : []));
    expect(stopped[0]).toEqual([
      expect.objectContaining({ name: 'app', exitCode: 1 }),
      expect.objectContaining({ name: 'aws-guardduty-agent-a1b2c3', exitCode: 143 }),
    ]);
    expect((stopped[0] as object[])[1]).not.toHaveProperty('image');
    expect((stopped[0] as object[])[1]).not.toHaveProperty('imageDigest');
    expect(firstTask(service).order.definition.containers).toHaveLength(1);
  });
});

/** The containers of a task of a service with this configuration. */
const connected = (serviceConnectConfiguration: object): string[] => {
  const world = new EcsWorld();
  const service = world.serve(world.revision('v1'), { serviceConnectConfiguration } as object);
  world.pass(60);
  return firstTask(service).containers.map(({ specification }) => specification.name);
};

describe('Service Connect', () => {
  it('has a proxy beside the containers of each task, where the service asks for it', () => {
    expect(connected({ enabled: true })).toEqual(['app', expect.stringMatching(/^ecs-service-connect-\d{5}$/)]);
    expect(connected({ enabled: false })).toEqual(['app']);
  });
});

describe('the logs of tasks', () => {
  const lines: string[] = [];
  const logged = (run: string, logConfiguration: object): string[] => {
    lines.length = 0;
    const world = new EcsWorld({ logs: { write: (...line) => void lines.push(line.join(' | ')) } });
    world.ecr.putImage('my-web-app', { imageTag: 'v1', imageManifest: manifestOf(run) });
    world.serve(world.define(undefined, { logConfiguration }), { desiredCount: 1 });
    world.pass(90);
    return lines;
  };
  const options = { 'awslogs-group': '/ecs/my-web-app', 'awslogs-stream-prefix': 'ecs', 'awslogs-region': 'eu-west-1' };

  it('tell why a task crashes, in the stream of its container', () => {
    const written = logged('crash after=5s exit=7', { logDriver: 'awslogs', options });
    expect(written.at(0)).toMatch(/^\/ecs\/my-web-app \| ecs\/app\/[0-9a-f]{32} \| Starting$/);
    const [first = ''] = written;
    const stream = written.filter((line) => line.startsWith(first.slice(0, first.lastIndexOf('|'))));
    expect(stream.at(-1)).toMatch(/Exiting with code 7$/);
  });

  it('tell nothing more of a task that runs on', () => {
    expect(logged('healthy', { logDriver: 'awslogs', options })).toHaveLength(1);
  });

  it('are not written without awslogs options', () => {
    expect(logged('crash after=5s', { logDriver: 'fluentd', options })).toEqual([]);
    expect(logged('crash after=5s', { logDriver: 'awslogs', options: {} })).toEqual([]);
  });
});

const replaced = (world: EcsWorld) =>
  world.seen('ECS Task State Change').filter(({ detail }) => detail['desiredStatus'] === 'STOPPED' && detail['lastStatus'] === 'STOPPED');

describe('rebalancing over availability zones', () => {
  it('starts a task first, and stops a healthy one once that is healthy', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'));
    world.ecs.faults.rebalance(service);
    world.pass(20);
    expect(service.deployments[0]?.tasks.size).toBe(3);
    expect(replaced(world)).toEqual([]);
    world.pass(300);
    expect(replaced(world)).toMatchObject([
      { detail: { stopCode: 'ServiceSchedulerInitiated', stoppedReason: expect.stringMatching(/rebalanc/i) } },
    ]);
    expect(service.deployments[0]).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0 });
    expect(service.deployments[0]?.tasks.size).toBe(2);
    expect(world.actions().slice(-4)).toEqual([
      'SERVICE_REBALANCING_STARTED',
      'TASKS_STOPPED',
      'SERVICE_REBALANCING_COMPLETED',
      'SERVICE_STEADY_STATE',
    ]);
    expect(service.events.map(({ message }) => message).join()).toMatch(/stopped 1 running tasks in eu-west-1[abc] due to AZ rebalancing/);
  });

  it('is refused where there is no room for a task more', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 50 } });
    expect(refusalOf(() => world.ecs.faults.rebalance(service))).toMatch(/^InvalidParameterException: /);
  });

  it('gives way to a deployment', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'));
    world.ecs.faults.rebalance(service);
    world.update(world.revision('v2'));
    world.pass(400);
    expect(world.actions()).toContain('SERVICE_REBALANCING_STOPPED');
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED', definition: { revision: 2 } }]);
    expect(service.deployments[0]?.tasks.size).toBe(2);
  });
});
