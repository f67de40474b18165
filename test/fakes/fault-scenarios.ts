import { turnsAt } from '../../lib/decide/turns.ts';
import { commandScenarios } from './command-scenarios.ts';
import type { FaultScenario } from './fault-scenario.ts';
import { digest, FlowWorld, repository, service } from './flow-world.ts';

const secondRevision = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:2';

async function deployed(): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  await world.pushed('b');
  world.advance(30_000);
  return world;
}

async function baking(): Promise<FlowWorld> {
  const world = await deployed();
  await world.completed();
  return world;
}

/** The way back completes as soon as ECS was told of it. */
async function wayBackCompletes(world: FlowWorld): Promise<void> {
  if (world.image() !== 'a') return;
  world.services.complete(service, world.now.toISOString());
  await world.tick();
}

export const faultScenarios: FaultScenario[] = [
  {
    name: 'deploy-image deploys a push',
    prepare: async () => {
      const world = new FlowWorld();
      await world.verifiedBaseline();
      world.registry.push(repository, digest('b'), 'latest', world.now.toISOString());
      return world;
    },
    wake: (world) => world.deploy(world.pushEvent('b')),
  },
  {
    name: 'deploy-image supersedes what is under way',
    prepare: async () => {
      const world = await deployed();
      world.advance(60_000);
      world.registry.push(repository, digest('c'), 'latest', world.now.toISOString());
      return world;
    },
    wake: (world) => world.deploy(world.pushEvent('c')),
  },
  {
    name: 'deploy-image rejects what is in quarantine',
    prepare: async () => {
      const world = new FlowWorld();
      await world.verifiedBaseline();
      world.registry.push(repository, digest('b'), 'latest', world.now.toISOString());
      const reason = { code: 'task-failures', text: 'it crashed elsewhere' } as const;
      const entry = { digest: digest('b'), since: world.now.toISOString(), service: 'other/service', deployment: 'other', reason };
      world.table.quarantine.set(entry.digest, entry);
      return world;
    },
    wake: (world) => world.deploy(world.pushEvent('b')),
  },
  {
    name: 'judge-stopped-task rolls back at the threshold',
    prepare: async () => {
      const world = await deployed();
      await world.crash(2);
      return world;
    },
    wake: (world) => world.stopped(world.crashed('the-last', secondRevision, { stoppedAt: '2026-11-23T12:07:30.000Z' })),
    afterwards: wayBackCompletes,
  },
  {
    name: 'judge-stopped-task finds an incident of the fleet',
    prepare: async () => {
      const world = new FlowWorld();
      await world.verifiedBaseline();
      await world.live('b');
      for (const other of ['production/api', 'production/jobs'])
        await world.failing.add({ service: other, at: world.now.toISOString(), digests: [other] });
      await world.crash(2);
      return world;
    },
    wake: (world) => world.stopped(world.crashed('the-last', secondRevision, { stoppedAt: '2026-11-23T12:13:30.000Z' })),
  },
  {
    name: 'follow-rollout begins the bake',
    prepare: async () => {
      const world = await deployed();
      world.services.complete(service, world.now.toISOString());
      return world;
    },
    wake: (world) => world.follow(),
  },
  {
    name: 'follow-rollout rolls back what ECS gave up',
    prepare: async () => {
      const world = await deployed();
      world.services.fail(service, 'tasks failed to start', world.now.toISOString());
      return world;
    },
    wake: (world) => world.follow('SERVICE_DEPLOYMENT_FAILED'),
    afterwards: wayBackCompletes,
  },
  {
    name: 'follow-rollout closes a rollback',
    prepare: async () => {
      const world = await deployed();
      await world.crash(3);
      world.services.complete(service, world.now.toISOString());
      return world;
    },
    wake: (world) => world.follow(),
  },
  {
    name: 'follow-rollout adopts what somebody else deployed',
    prepare: async () => {
      const world = await deployed();
      const { arn } = world.taskDefinitions.add('web', { web: `${repository}@${digest('e')}` });
      world.advance(60_000);
      await world.services.run(service, arn);
      world.services.catchUp();
      world.services.updates.length = 0;
      return world;
    },
    wake: (world) => world.follow('SERVICE_DEPLOYMENT_IN_PROGRESS'),
  },
  {
    name: 'the tick lets a baked deployment go live',
    prepare: async () => {
      const world = await baking();
      world.advance(300_000);
      return world;
    },
    wake: (world) => world.tick(),
  },
  {
    name: 'the tick finds failures that no event told, and rolls back',
    prepare: async () => {
      const world = await baking();
      world.services.stopped.set(
        service,
        ['1', '2', '3'].map((id) => world.crashed(id)),
      );
      world.advance(300_000);
      return world;
    },
    wake: (world) => world.tick(),
    afterwards: wayBackCompletes,
  },
  {
    name: 'the tick registers an INACTIVE target anew',
    prepare: async () => {
      const world = await deployed();
      world.deregister('arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1');
      await world.crash(3);
      world.advance(60_000);
      return world;
    },
    wake: (world) => world.tick(),
    afterwards: wayBackCompletes,
  },
  {
    name: 'the tick enrols, and adopts the baseline',
    prepare: async () => {
      const world = new FlowWorld();
      world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
      world.addService('a');
      return world;
    },
    wake: (world) => world.tick(),
  },
  {
    name: 'the tick deploys a push whose event was lost',
    prepare: async () => {
      const world = new FlowWorld();
      await world.verifiedBaseline();
      world.registry.push(repository, digest('b'), 'latest', world.now.toISOString());
      while (!turnsAt(world.configuration, world.now).includes(repository)) world.advance(60_000);
      return world;
    },
    wake: (world) => world.tick(),
  },
  {
    name: 'the tick releases what waited',
    prepare: async () => {
      const world = await deployed();
      await world.pushed('c');
      world.advance(30_000);
      return world;
    },
    wake: (world) => world.tick(),
  },
  ...commandScenarios,
];
