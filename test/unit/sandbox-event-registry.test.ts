import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { EcsWorld, firstTask, manifestOf, uri } from '../fixtures/ecs-world.ts';
import type { SeenEvent } from '../fixtures/ecs-world.ts';
import { beyond, eventProblems } from '../fixtures/event-laws.ts';
import { loadEventRegistry } from '../fixtures/event-registry.ts';
import type { RegistryEvent } from '../fixtures/event-registry.ts';

const registry = loadEventRegistry();

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

const change = {
  source: 'aws.ecs',
  'detail-type': 'ECS Deployment State Change',
  detail: {
    eventType: 'INFO',
    eventName: 'SERVICE_DEPLOYMENT_COMPLETED',
    deploymentId: 'ecs-svc/1',
    updatedAt: '2026-11-23T08:00:00Z',
    reason: 'ECS deployment ecs-svc/1 completed.',
  },
};

describe('The laws of events', () => {
  it('are kept by all that the models emit, by the samples where the registry has no type', () => {
    expect(eventProblems(eventfulLife())).toEqual([]);
  });

  it.each<[name: string, event: RegistryEvent, problem: string]>([
    [
      'a member that no sample has',
      { ...change, detail: { ...change.detail, version: 1 } },
      'ECS Deployment State Change detail.version (number): is in no sample',
    ],
    [
      'one of another type',
      { ...change, detail: { ...change.detail, updatedAt: 1 } },
      'ECS Deployment State Change detail.updatedAt (number): is in no sample',
    ],
    ['one that each sample has', { ...change, detail: {} }, 'ECS Deployment State Change detail.reason: is in each sample'],
    [
      'a type that AWS does not have',
      { ...change, 'detail-type': 'ECS Service Deployment State Change' },
      'ECS Service Deployment State Change detail: is of a type that neither the registry nor a sample has',
    ],
    ['a breach of the registry', { ...change, 'detail-type': 'ECS Service Action' }, 'ECS Service Action detail.clusterArn: is missing'],
  ])('notice %s', (_, event, problem) => {
    expect(eventProblems([change])).toEqual([]);
    expect(eventProblems([event])).toContain(problem);
  });

  it('leave alone what others put', () => {
    expect(eventProblems([{ ...change, source: 'com.example.shop', detail: { any: 1 } }])).toEqual([]);
  });
});

describe('The sample events', () => {
  const samples = readdirSync('events').filter((name) => name.endsWith('.json'));

  it.each(samples)('%s is of its type, where the registry has it', (name) => {
    const event = JSON.parse(readFileSync(`events/${name}`, 'utf8')) as RegistryEvent;
    expect(registry.knows(event) ? unexpected(event) : []).toEqual([]);
  });
});
