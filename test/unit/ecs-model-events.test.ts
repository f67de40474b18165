import { describe, expect, it } from '@jest/globals';
import { EcsWorld, firstTask } from '../fixtures/ecs-world.ts';
import type { SeenEvent } from '../fixtures/ecs-world.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';
import type { Service } from '../../sandbox/model/ecs/service.ts';

const capacityProviderStrategy = [{ capacityProvider: 'FARGATE', weight: 1 }];
const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };
const healthCheck = { command: ['CMD-SHELL', 'true'], interval: 10, retries: 2 };
const loadBalancers = [{ targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1' }];

/** Every path of names in a value with its type, lists by their first item; the values do not matter. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return keysOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, `${path}.${name}`));
}

interface Scene {
  run?: string;
  container?: Record<string, unknown>;
  service?: object;
  act?: (world: EcsWorld, service: Service) => void;
}

function play({ run = 'healthy', container = {}, service: input = {}, act }: Scene): EcsWorld {
  const world = new EcsWorld();
  const service = world.serve(world.revision('v1', run, container), { capacityProviderStrategy, ...input });
  world.pass(act === undefined ? 600 : 120);
  act?.(world, service);
  world.pass(600);
  return world;
}

/** What the values must be too, not only their types. */
function toldBy(detail: Record<string, unknown> = {}): unknown[] {
  return ['stopCode', 'eventType', 'eventName', 'group', 'launchType', 'platformVersion', 'desiredStatus'].map((name) => detail[name]);
}

const stopped = ({ detail }: SeenEvent): boolean => detail['lastStatus'] === 'STOPPED';
const running = ({ detail }: SeenEvent): boolean => detail['lastStatus'] === 'RUNNING' && detail['desiredStatus'] === 'RUNNING';
const named =
  (name: string) =>
  ({ detail }: SeenEvent): boolean =>
    detail['eventName'] === name;

describe('events of ECS have the shape of the samples', () => {
  it.each<
    [
      sample: string,
      kind: 'Task State Change' | 'Deployment State Change' | 'Service Action',
      pick: (event: SeenEvent) => boolean,
      scene: Scene,
    ]
  >([
    ['ecs-task-running', 'Task State Change', running, {}],
    ['ecs-task-stopped-exit1', 'Task State Change', stopped, { run: 'crash after=30s' }],
    ['ecs-task-stopped-oom137', 'Task State Change', stopped, { run: 'oom after=10s' }],
    ['ecs-task-stopped-container-health', 'Task State Change', stopped, { run: 'unhealthy', container: { healthCheck } }],
    ['ecs-task-stopped-elb-health', 'Task State Change', stopped, { run: 'unhealthy', service: { loadBalancers } }],
    ['ecs-task-failed-to-start-cannotpull', 'Task State Change', stopped, { run: 'cannot-pull' }],
    ['ecs-task-stopped-scale-in', 'Task State Change', stopped, { act: (world) => world.update(undefined, { desiredCount: 1 }) }],
    [
      'ecs-task-user-stopped',
      'Task State Change',
      stopped,
      { act: ({ ecs }, service) => void ecs.stopTask('production', firstTask(service).arn) },
    ],
    [
      'ecs-task-spot-interruption.stopped',
      'Task State Change',
      stopped,
      { act: ({ ecs }, service) => ecs.faults.interruptSpot(firstTask(service)) },
    ],
    [
      'ecs-task-spot-interruption.warning',
      'Task State Change',
      ({ detail }) => detail['lastStatus'] === 'RUNNING' && detail['desiredStatus'] === 'STOPPED',
      { act: ({ ecs }, service) => ecs.faults.interruptSpot(firstTask(service)) },
    ],
    ['ecs-deployment-in-progress', 'Deployment State Change', named('SERVICE_DEPLOYMENT_IN_PROGRESS'), {}],
    ['ecs-deployment-completed', 'Deployment State Change', named('SERVICE_DEPLOYMENT_COMPLETED'), {}],
    ['ecs-deployment-failed', 'Deployment State Change', named('SERVICE_DEPLOYMENT_FAILED'), { run: 'cannot-pull', service: breaker }],
    ['ecs-service-action-steady-state', 'Service Action', named('SERVICE_STEADY_STATE'), {}],
    ['ecs-service-action-task-start-impaired', 'Service Action', named('SERVICE_TASK_START_IMPAIRED'), { run: 'cannot-pull' }],
  ])('%s', (name, kind, pick, scene) => {
    const sample = sampleEvent(name);
    const event = play(scene).seen(`ECS ${kind}`).find(pick);
    expect(keysOf(event?.detail).toSorted()).toEqual(keysOf(sample.detail).toSorted());
    expect(event?.resources[0]?.replace(/task\/.*/, 'task')).toBe(String((sample['resources'] as string[])[0]).replace(/task\/.*/, 'task'));
    expect(toldBy(event?.detail)).toEqual(toldBy(sample.detail));
  });

  it('a placement failure, without container instances, which Fargate has none of', () => {
    const world = play({
      act: ({ ecs }, service) => (ecs.faults.noCapacity(service, true), void ecs.stopTask('production', firstTask(service).arn)),
    });
    const { containerInstanceArns, ...sample } = sampleEvent('ecs-service-action-placement-failure').detail;
    const event = world.seen('ECS Service Action').find(named('SERVICE_TASK_PLACEMENT_FAILURE'));
    expect(containerInstanceArns).toHaveLength(1);
    expect(keysOf(event?.detail).toSorted()).toEqual(keysOf(sample).toSorted());
    expect(event?.detail['reason']).toBe('RESOURCE:FARGATE');
  });

  it('a reason of a scale-in that names the deployment', () => {
    const event = play({ act: (world) => world.update(undefined, { desiredCount: 1 }) })
      .seen('ECS Task State Change')
      .find(stopped);
    expect(event?.detail['stoppedReason']).toBe(`Scaling activity initiated by (deployment ${String(event?.detail['startedBy'])})`);
  });
});
