import { describe, expect, it } from '@jest/globals';
import { classifyStop } from '../../lib/decide/stopped-task/classify.ts';
import { parseStoppedTask } from '../../lib/events/stopped-task.ts';
import { account, EcsWorld, firstTask, region, uri } from '../fixtures/ecs-world.ts';

const ec2 = { launchType: 'EC2' as const };

/** How many seconds a stop takes, and how the container ends. */
const stopped = (stopTimeout: number, launchType: 'EC2' | 'FARGATE'): unknown[] => {
  const world = new EcsWorld();
  const service = world.settled(world.revision('v1', 'healthy stubborn', { stopTimeout }), { desiredCount: 1, launchType });
  const task = firstTask(service);
  world.ecs.stopTask('production', task.arn);
  world.pass(600);
  const beganMs =
    world
      .seen('ECS Task State Change')
      .find(({ detail }) => detail['lastStatus'] === 'STOPPING')
      ?.at.getTime() ?? 0;
  return [((task.executionStoppedAtMs ?? 0) - beganMs) / 1000, task.containers[0]?.exitCode];
};

describe('What images do', () => {
  it('a container that ignores SIGTERM is killed after its stop timeout, on Fargate after two minutes at most', () => {
    expect(stopped(20, 'FARGATE')).toEqual([20, 137]);
    expect(stopped(300, 'FARGATE')).toEqual([120, 137]);
    expect(stopped(300, 'EC2')).toEqual([300, 137]);
  });

  it('a sidecar that is not essential ends alone: the task goes on, and its event tells it', () => {
    const world = new EcsWorld();
    world.push('app', 'healthy');
    world.push('sidecar', 'crash after=5s exit=3');
    const sidecar = { name: 'sidecar', image: `${uri}:sidecar`, essential: false };
    const definition = world.ecs.definitions.register({
      family: 'pair',
      containerDefinitions: [{ name: 'app', image: `${uri}:app` }, sidecar],
    });
    const service = world.settled(definition, { ...ec2, desiredCount: 1 });
    expect(service.deployments[0]?.rolloutState).toBe('COMPLETED');
    const last = world.seen('ECS Task State Change').at(-1)?.detail;
    expect(last).toMatchObject({ lastStatus: 'RUNNING', containers: [{ lastStatus: 'RUNNING' }, { lastStatus: 'STOPPED', exitCode: 3 }] });
    expect(last?.['version']).toBe(5);
  });

  it.each<[name: string, init: string, condition: string, outcome: object, leastSeconds: number]>([
    [
      'that completed',
      'crash after=20s exit=3',
      'COMPLETE',
      { lastStatus: 'RUNNING', containers: [{}, { lastStatus: 'STOPPED', exitCode: 3 }] },
      37,
    ],
    [
      'that succeeded',
      'crash after=20s exit=0',
      'SUCCESS',
      { lastStatus: 'RUNNING', containers: [{}, { lastStatus: 'STOPPED', exitCode: 0 }] },
      37,
    ],
    ['that should have succeeded', 'crash after=20s exit=3', 'SUCCESS', { stopCode: 'TaskFailedToStart' }, 37],
    ['that never ends', 'healthy', 'COMPLETE', { stopCode: 'TaskFailedToStart' }, 137],
    ['that started', 'healthy', 'START', { lastStatus: 'RUNNING', containers: [{}, { lastStatus: 'RUNNING' }] }, 17],
    ['that is healthy', 'healthy', 'HEALTHY', { lastStatus: 'RUNNING', containers: [{}, { lastStatus: 'RUNNING' }] }, 37],
    ['that does not get healthy', 'unhealthy', 'HEALTHY', { stopCode: 'TaskFailedToStart' }, 137],
  ])('one waits for a container %s', (_, init, condition, outcome, leastSeconds) => {
    const world = new EcsWorld();
    world.push('app', 'healthy');
    world.push('init', init);
    const first = { name: 'init', image: `${uri}:init`, essential: false, healthCheck: { command: ['CMD', 'true'], interval: 20 } };
    const app = { name: 'app', image: `${uri}:app`, dependsOn: [{ containerName: 'init', condition }] };
    world.serve(world.ecs.definitions.register({ family: 'pair', containerDefinitions: [app, first] }), { ...ec2, desiredCount: 1 });
    world.pass(200);
    const [begun] = world.seen('ECS Task State Change');
    const own = world.seen('ECS Task State Change').filter(({ resources }) => resources[0] === begun?.resources[0]);
    const last = own.at(-1)?.detail ?? {};
    expect(last).toMatchObject(outcome);
    const seconds = (Date.parse(String(last['startedAt'] ?? last['stoppedAt'])) - Date.parse(String(last['createdAt']))) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(leastSeconds); // Without a wait it takes 17 seconds at least.
  });

  it('one that falls ill later is healthy before, and stopped by its check then', () => {
    const world = new EcsWorld();
    const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 2 };
    const service = world.serve(world.revision('v1', 'unhealthy after=10m', { healthCheck }), { desiredCount: 1 });
    world.pass(300);
    const task = firstTask(service);
    expect([service.deployments[0]?.rolloutState, task.healthStatus]).toEqual(['COMPLETED', 'HEALTHY']);
    world.pass(600);
    expect(task).toMatchObject({ stoppedReason: 'Task failed container health checks', healthStatus: 'UNHEALTHY' });
    expect((task.stoppingAtMs ?? 0) - (task.startedAtMs ?? 0)).toBe(620_000);
  });

  it('a command that is not there keeps the task from starting, with its image pulled', () => {
    const world = new EcsWorld();
    world.settled(world.revision('v1', 'bad-command'));
    const envelope = { ...world.stops()[0], version: '0', id: '1', account, region, time: '2026-11-20T09:00:00Z' };
    const task = parseStoppedTask(envelope);
    expect(classifyStop(task, []).category).toBe('BAD_COMMAND');
    expect(task.containers[0]?.imageDigest).toMatch(/^sha256:/);
  });
});
