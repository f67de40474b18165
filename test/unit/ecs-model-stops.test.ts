import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { classifyStop } from '../../lib/decide/stopped-task/classify.ts';
import { parseStoppedTask } from '../../lib/events/stopped-task.ts';
import { ecsFault } from '../../sandbox/faults.ts';
import { eventProblems } from '../fixtures/event-laws.ts';
import { account, EcsWorld, firstTask, region } from '../fixtures/ecs-world.ts';

const ec2 = { launchType: 'EC2' as const };
const named = { cluster: 'production', service: 'my-web-app' };
const order = (world: EcsWorld, fault: object): unknown => ecsFault({ model: world.ecs, operations: {} }, { ...named, ...fault });

interface Stop {
  stoppedReason: string;
  stopCode: string;
  exitCode?: number;
  category: string;
}
const corpus = JSON.parse(readFileSync(new URL('../fixtures/stopped-task-corpus.json', import.meta.url), 'utf8')) as Stop[];

/** Has a task of the service stop in this way, by the orders that anybody may give. */
function make(world: EcsWorld, { stopCode, stoppedReason: reason, exitCode: exit }: Stop): void {
  const { arn } = firstTask(world.ecs.service('production', 'my-web-app'));
  if (stopCode === 'TaskFailedToStart') {
    order(world, { fault: 'start-failure', reason });
    world.update(undefined, { desiredCount: 2 });
  } else if (stopCode === 'UserInitiated') world.ecs.stopTask('production', arn, reason);
  else if (stopCode === 'EssentialContainerExited') order(world, { fault: 'task-exit', exit });
  else order(world, { fault: 'scheduler-stop', reason, exit });
}

describe('A stop in the corpus', () => {
  it.each(corpus.map((stop): [string, string, Stop] => [stop.category, stop.stoppedReason, stop]))(
    'of %s can be made: %s',
    (_, _text, stop) => {
      const world = new EcsWorld();
      world.settled(world.revision('v1', 'healthy stubborn'), { desiredCount: 1 });
      make(world, stop);
      world.pass(180);
      const [event] = world.stops();
      const { stoppedReason, stopCode } = stop;
      expect(event?.detail).toMatchObject({ stoppedReason, stopCode });
      const envelope = { ...event, version: '0', id: '1', account, region, time: '2026-11-20T09:00:00Z' };
      expect(classifyStop(parseStoppedTask(envelope), []).category).toBe(stop.category);
      expect(eventProblems(world.events)).toEqual([]);
    },
  );
});

describe('A task that finds no place', () => {
  it('has no containers, and does not count after the order is used up', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 1 });
    order(world, { fault: 'start-failure', reason: 'TaskFailedToStart: RESOURCE:GPU', times: 2 });
    world.update(undefined, { desiredCount: 2 });
    world.pass(300);
    expect(world.stops().map(({ detail }) => [detail['containers'], detail['stoppedReason']])).toEqual(
      Array.from({ length: 2 }, () => [[], 'TaskFailedToStart: RESOURCE:GPU']),
    );
    expect(service.deployments[0]?.tasks.size).toBe(2);
  });

  it('starts again once the order is taken back', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 1 });
    order(world, { fault: 'start-failure', times: 100 });
    order(world, { fault: 'start-failure', times: 0 });
    world.update(undefined, { desiredCount: 2 });
    world.pass(120);
    expect(service.deployments[0]?.tasks.size).toBe(2);
    expect(world.stops()).toEqual([]);
  });
});

const onHosts = (): [EcsWorld, ReturnType<EcsWorld['serve']>] => {
  const world = new EcsWorld();
  return [world, world.settled(world.revision('v1'), { ...ec2, desiredCount: 3 })];
};
const detailOf = (world: EcsWorld): Record<string, unknown> => world.stops()[0]?.detail ?? {};

describe('The container instances of EC2', () => {
  it('have the tasks spread over them, and events name them', () => {
    const [world, service] = onHosts();
    const hosts = [...(service.deployments[0]?.tasks ?? [])].map(({ order: { host }, availabilityZone }) => [host?.arn, availabilityZone]);
    expect(new Set(hosts.map(String)).size).toBe(3);
    const running = world.seen('ECS Task State Change').findLast(({ detail }) => detail['lastStatus'] === 'RUNNING');
    expect(running?.detail['containerInstanceArn']).toMatch(
      /^arn:aws:ecs:eu-west-1:123456789012:container-instance\/production\/[0-9a-f]{32}$/,
    );
    expect(eventProblems(world.events)).toEqual([]);
  });

  it.each<[fault: string, stopCode: string, reason: RegExp, category: string]>([
    ['host-draining', 'ServiceSchedulerInitiated', /instance is in DRAINING/, 'EC2_DRAIN'],
    ['host-termination', 'TerminationNotice', /^Host EC2 \(instance i-[0-9a-f]{17}\) terminated\.$/, 'HOST_GONE'],
    ['host-failure', 'InfrastructureHealth', /infrastructure/, 'INFRA'],
  ])('%s', (fault, stopCode, reason, category) => {
    const [world, service] = onHosts();
    order(world, { fault });
    world.pass(120);
    const envelope = { ...world.stops()[0], version: '0', id: '1', account, region, time: '2026-11-20T09:00:00Z' };
    expect(detailOf(world)).toMatchObject({ stopCode, stoppedReason: expect.stringMatching(reason) });
    expect(classifyStop(parseStoppedTask(envelope), []).category).toBe(category);
    expect(service.deployments[0]?.tasks.size).toBe(3);
  });

  it('tell nothing of how containers ended where they went away', () => {
    const [world] = onHosts();
    order(world, { fault: 'host-termination' });
    world.pass(120);
    expect(detailOf(world)['containers']).toEqual([expect.objectContaining({ lastStatus: 'RUNNING' })]);
    expect(detailOf(world)['containers']).toEqual([expect.not.objectContaining({ exitCode: expect.anything() })]);
  });

  it('are not there on Fargate', () => {
    const world = new EcsWorld();
    world.settled(world.revision('v1'));
    expect(() => order(world, { fault: 'host-draining' })).toThrow(/runs on no container instance: its launch type is FARGATE/);
  });

  it('lack memory, unless another reason is given, where capacity is short', () => {
    const [world] = onHosts();
    order(world, { fault: 'no-capacity' });
    world.update(undefined, { desiredCount: 4 });
    world.pass(30);
    order(world, { fault: 'no-capacity', reason: 'RESOURCE:CPU' });
    world.pass(30);
    const told = world.seen('ECS Service Action').filter(({ detail }) => detail['eventName'] === 'SERVICE_TASK_PLACEMENT_FAILURE');
    expect(told.map(({ detail }) => [detail['reason'], (detail['containerInstanceArns'] as string[]).length])).toEqual([
      ['RESOURCE:MEMORY', 1],
      ['RESOURCE:CPU', 1],
    ]);
    expect(eventProblems(world.events)).toEqual([]);
  });

  it('each have one task of a DAEMON service', () => {
    const world = new EcsWorld({ choices: { containerInstances: 4 } });
    const service = world.settled(world.revision('v1'), { ...ec2, schedulingStrategy: 'DAEMON', desiredCount: undefined });
    const hosts = (): number => new Set([...(service.deployments[0]?.tasks ?? [])].map(({ order: { host } }) => host)).size;
    expect([service.desiredCount, hosts()]).toEqual([4, 4]);
    world.update(world.revision('v2'));
    world.pass(300);
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED', definition: { revision: 2 } }]);
    expect(hosts()).toBe(4);
  });
});

describe('ARNs of the old form', () => {
  it('name no cluster in services and tasks, and do so by choice', () => {
    const world = new EcsWorld({ choices: { legacyArns: true } });
    const service = world.settled(world.revision('v1'));
    expect(service.arn).toBe('arn:aws:ecs:eu-west-1:123456789012:service/my-web-app');
    expect(firstTask(service).arn).toMatch(/:task\/[0-9a-f]{32}$/);
    expect(world.seen('ECS Deployment State Change')[0]?.resources).toEqual([service.arn]);
    expect(world.ecs.describeTask('production', firstTask(service).arn)).toBe(firstTask(service));
    expect(service.revisions[0]?.arn).toContain(':service-revision/production/my-web-app/');
  });
});
