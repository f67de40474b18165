import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { EcsWorld, firstTask, manifestOf, uri } from '../fixtures/ecs-world.ts';
import type { SeenEvent } from '../fixtures/ecs-world.ts';
import { loadEventRegistry } from '../fixtures/event-registry.ts';
import type { RegistryEvent } from '../fixtures/event-registry.ts';

const registry = loadEventRegistry();

/** Where events are known to go beyond the registry, which lags behind what AWS sends. */
const beyond: Record<string, string> = {
  'detail.capacityProviderName: is not known': 'Task has it, and events of tasks on a capacity provider carry it.',
  'detail.enableExecuteCommand: is not known': 'Task has it, and events carry it since ECS Exec.',
  'detail.ephemeralStorage: is not known': 'Task has it, and events of Fargate tasks carry it.',
  'detail.attachments.details: is array, not object': 'The developer guide and every event seen have a list of names and values.',
  'detail.rule-version: is not known': 'The user guide shows it in each event of the pull-through cache.',
};

/** Detail types that the registry does not have. */
const unregistered = new Set(['ECS Deployment State Change', 'ECR Scan Resource Change', 'Inspector2 Scan', 'Inspector2 Finding']);

const unexpected = (event: RegistryEvent): string[] => registry.problems(event).filter((problem) => beyond[problem] === undefined);
const typesOf = (events: RegistryEvent[]): Set<string> => new Set(events.map((event) => event['detail-type']));

/** A life with all that can happen to services and images. */
function eventfulLife(): SeenEvent[] {
  const world = new EcsWorld({ steadyStateRepeatsMs: 3_600_000 });
  const { ecr, ecs } = world;
  const service = world.settled(world.revision('v1'), {
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  });
  ecs.faults.interruptSpot(firstTask(service));
  world.pass(300);
  ecs.faults.retireHost(firstTask(service));
  world.pass(300);
  for (const run of ['cannot-pull', 'crash after=5s exit=3', 'oom after=5s', 'unhealthy']) {
    world.update(
      world.revision(run.replaceAll(/\W/g, '-'), run, { healthCheck: { command: ['CMD', 'true'], interval: 5 }, memoryReservation: 128 }),
    );
    world.pass(7200);
  }
  ecs.faults.noCapacity(service, true);
  ecs.scaleService('production', 'my-web-app', 3);
  world.pass(300);
  ecs.faults.noCapacity(service, false);
  ecr.repository('my-web-app').scanOnPush = true;
  world.push('scanned', 'healthy', 'scanned');
  ecr.receiveReplica(
    'my-web-app',
    { imageTag: 'replica', imageManifest: manifestOf('healthy', 'r') },
    { account: '210987654321', region: 'us-east-1' },
  );
  ecr.pullThrough(
    'docker-hub/nginx',
    { prefix: 'docker-hub', url: 'registry-1.docker.io' },
    { imageTag: '1', imageManifest: manifestOf('healthy', 'p') },
  );
  ecr.deleteImage('my-web-app', { imageTag: 'replica' });
  ecr.moveImage('my-web-app', { imageTag: 'scanned' }, 'ARCHIVE');
  ecr.moveImage('my-web-app', { imageTag: 'scanned' }, 'STANDARD');
  ecr.scans.scanBy({ scanType: 'ENHANCED', rules: [{ scanFrequency: 'SCAN_ON_PUSH', filters: ['*'] }] }, ecr.repositories.values());
  const found = manifestOf('healthy').replace('"annotations":{', '"annotations":{"autopilot.sandbox/findings":"CRITICAL=1,LOW=2",');
  ecr.putImage('my-web-app', { imageTag: 'found', imageManifest: found });
  world.update(world.define(`${uri}:found`));
  world.pass(3600);
  ecs.faults.rebalance(service);
  world.pass(600);
  return world.events;
}

describe("EventBridge's schema registry", () => {
  const events = eventfulLife();

  it('knows each event that the models emit, or is known not to', () => {
    const strange = events.filter((event) => !registry.knows(event) && !unregistered.has(event['detail-type']));
    expect(typesOf(strange)).toEqual(new Set());
    expect([...unregistered].filter((type) => !typesOf(events).has(type))).toEqual([]);
  });

  it('has the types of all their details, where it has them', () => {
    const known = events.filter((event) => registry.knows(event));
    expect(typesOf(known).size).toBe(6);
    expect([...new Set(known.flatMap(unexpected))]).toEqual([]);
  });

  it('is gone beyond only where that is listed, and nothing is listed in vain', () => {
    const problems = new Set(events.filter((event) => registry.knows(event)).flatMap((event) => registry.problems(event)));
    expect(problems).toEqual(new Set(Object.keys(beyond)));
  });

  it.each<[name: string, detail: Record<string, unknown>, problem: string]>([
    ['a member that is missing', { version: undefined }, 'detail.version: is missing'],
    ['a member of another type', { version: '1' }, 'detail.version: is string, not number'],
    ['a member that no event has', { healthStatus: 'HEALTHY' }, 'detail.healthStatus: is not known'],
    ['a fault within a container', { containers: [{ name: 'app' }] }, 'detail.containers.taskArn: is missing'],
  ])('notices %s', (_, detail, problem) => {
    const [event] = events.filter((seen) => seen['detail-type'] === 'ECS Task State Change');
    expect(
      registry.problems({ source: 'aws.ecs', 'detail-type': 'ECS Task State Change', detail: { ...event?.detail, ...detail } }),
    ).toContain(problem);
  });
});

describe('The sample events', () => {
  const samples = readdirSync('events').filter((name) => name.endsWith('.json'));

  it.each(samples)('%s is of its type, where the registry has it', (name) => {
    const event = JSON.parse(readFileSync(`events/${name}`, 'utf8')) as RegistryEvent;
    expect(registry.knows(event) ? unexpected(event) : []).toEqual([]);
  });
});
