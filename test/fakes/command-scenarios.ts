import type { FaultScenario } from './fault-scenario.ts';
import { digest, FlowWorld, service } from './flow-world.ts';
import type { Verb } from '../../lib/domain/command.ts';

/** `b` is live over the verified `a`. */
async function liveOver(): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  await world.live('b');
  return world;
}

/** `b` is in flight over the verified `a`. */
async function deployed(): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  await world.pushed('b');
  world.advance(30_000);
  return world;
}

/** `c` waits, since the service is on hold. */
async function held(): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  await world.order('hold', { reason: 'release week' });
  await world.pushed('c');
  return world;
}

/** The same order each time, as its repeats are. */
function ordered(verb: Verb, differing: object = {}): (world: FlowWorld) => Promise<void> {
  return async (world) => void (await world.order(verb, { id: 'once', ...differing }));
}

/** The way back completes as soon as ECS was told of it. */
async function wayBackCompletes(world: FlowWorld): Promise<void> {
  if (world.image() !== 'a') return;
  world.services.complete(service, world.now.toISOString());
  await world.tick();
}

/** What people order, each met by every fault. */
export const commandScenarios: FaultScenario[] = [
  {
    name: 'obey-command rolls back',
    prepare: liveOver,
    wake: ordered('rollback'),
    afterwards: wayBackCompletes,
  },
  {
    name: 'obey-command deploys an older image, and holds the service there',
    prepare: liveOver,
    wake: ordered('deploy', { image: digest('a') }),
  },
  {
    name: 'obey-command holds',
    prepare: deployed,
    wake: ordered('hold', { reason: 'release week' }),
  },
  {
    name: 'obey-command resumes, and what waits comes through',
    prepare: held,
    wake: ordered('resume'),
  },
  {
    name: 'obey-command cancels what waits',
    prepare: held,
    wake: ordered('cancel'),
  },
  {
    name: 'obey-command lifts',
    prepare: async () => {
      const world = await deployed();
      await world.crash(3);
      return world;
    },
    wake: ordered('lift', { digest: digest('b'), service: undefined }),
    afterwards: wayBackCompletes,
  },
  {
    name: 'the tick carries out a rollback that was left',
    prepare: async () => {
      const world = await liveOver();
      const head = world.head();
      const acting = { by: 'another', until: new Date(world.now.getTime() + 70_000).toISOString() };
      world.table.heads.set(service, { ...head, version: head.version + 1, acting });
      await ordered('rollback')(world);
      world.advance(80_000);
      return world;
    },
    wake: (world) => world.tick(),
    afterwards: wayBackCompletes,
  },
];
