import { describe, expect, it } from '@jest/globals';
import type { CreateServiceInput } from '../../sandbox/model/ecs/service-input.ts';
import type { Service } from '../../sandbox/model/ecs/service.ts';
import { eventProblems } from '../fixtures/event-laws.ts';
import { EcsWorld, firstTask } from '../fixtures/ecs-world.ts';
import type { SeenEvent } from '../fixtures/ecs-world.ts';

type Act = (world: EcsWorld, service: Service) => void;
const runs = [
  'healthy stubborn',
  'crash after=5s exit=3',
  'oom after=5s',
  'unhealthy',
  'unhealthy after=2m',
  'cannot-pull',
  'bad-command',
  'slow start=2m',
];
const places: Record<string, Partial<CreateServiceInput>> = {
  Fargate: {},
  Spot: { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
  EC2: { launchType: 'EC2' },
  daemons: { launchType: 'EC2', schedulingStrategy: 'DAEMON', desiredCount: undefined },
  balanced: { loadBalancers: [{ targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1' }] },
  connected: { serviceConnectConfiguration: { enabled: true } } as object,
};
const acts: Record<string, Act> = {
  spot: ({ ecs }, service) => ecs.faults.interruptSpot(firstTask(service)),
  retirement: ({ ecs }, service) => ecs.faults.retireAll(service),
  'failed host': ({ ecs }, service) => ecs.faults.failHost(firstTask(service)),
  'an exit without a code': ({ ecs }, service) => ecs.faults.exit(firstTask(service), undefined),
  'a stop by a person': ({ ecs }, service) => void ecs.stopTask('production', firstTask(service).arn),
  'no place': ({ ecs }, service) => (ecs.faults.failStarts(service, 'TaskFailedToStart: RESOURCE:GPU', 2), ecs.faults.retireAll(service)),
  'no capacity': ({ ecs }, service) => (ecs.faults.noCapacity(service, true), ecs.faults.retireAll(service)),
  rebalancing: ({ ecs }, service) => {
    if (service.schedulingStrategy === 'REPLICA') ecs.faults.rebalance(service);
  },
  alarm: ({ ecs }) => ecs.faults.setAlarm('errors', true),
  deletion: ({ ecs }, service) => void ecs.deleteService('production', service.name, true),
};
const watched = {
  deploymentCircuitBreaker: { enable: true, rollback: true },
  alarms: { alarmNames: ['errors'], enable: true, rollback: true },
};

/** A service in its place that gets a revision of each kind, and to which everything happens that may. */
function sweep(place: Partial<CreateServiceInput>): SeenEvent[] {
  const events: SeenEvent[] = [];
  for (const [i, act] of Object.values(acts).entries()) {
    const world = new EcsWorld({
      seed: i + 1,
      choices: i % 3 === 0 ? { legacyArns: true, injectedContainers: ['aws-guardduty-agent-a1'] } : {},
    });
    const container = i % 2 === 0 ? {} : { healthCheck: { command: ['CMD', 'true'], interval: 5 }, memoryReservation: 128 };
    const service = world.settled(world.revision('v1', 'healthy', container), {
      ...place,
      deploymentConfiguration: { ...watched, maximumPercent: place.schedulingStrategy === 'DAEMON' ? 100 : 200, minimumHealthyPercent: 50 },
    });
    for (const run of runs) {
      world.update(world.revision(run.replaceAll(/\W/g, '-'), run, container));
      world.pass(150);
    }
    world.pass(150);
    act(world, service);
    world.pass(300);
    events.push(...world.events);
  }
  return events;
}

describe('Every event', () => {
  it.each(Object.entries(places))('of a service on %s is of its type, whatever runs and happens', (_, place) => {
    const events = sweep(place);
    expect(events.length).toBeGreaterThan(500);
    expect(eventProblems(events)).toEqual([]);
  });
});
