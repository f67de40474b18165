import { Commands } from './commands.ts';
import { Court } from './court.ts';
import { Delivery } from './delivery.ts';
import { disturbed } from './disturbed.ts';
import { Draws } from './draws.ts';
import type { FaultKind } from './faults.ts';
import { settleFleet, type Fleet } from './fleet.ts';
import { Functions } from './functions.ts';
import { HardshipUsers } from './hardships/hardship-users.ts';
import { modelEcs, type Models } from './models.ts';
import { needsOver } from './needs.ts';
import { CapacityUsers } from './nights/capacity-users.ts';
import type { Observation } from './observation.ts';
import { installedAt, minuteMs } from './place.ts';
import type { Scenario } from './scenario.ts';
import { nowMs, type Surroundings } from './surroundings.ts';
import { Trace } from './trace.ts';
import { Users } from './users.ts';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { memoryTable, type MemoryTable } from '../fakes/memory-table.ts';

/** Makes what a world begins with; every fault that strikes is noted. */
export type MakeScenario = (note: (kind: FaultKind, ordinal: number) => void, now: () => number) => Scenario;

/** What is told of everything that happens: to the judges, and that there is something to run. */
export interface Told {
  observe: (seen: Observation) => void;
  stir: () => void;
}

/** The parts of a world, put together over one agenda. */
export interface Assembled {
  scenario: Scenario;
  surroundings: Surroundings;
  models: Models;
  table: MemoryTable;
  functions: Functions;
  delivery: Delivery;
  court: Court;
  commands: Commands;
  users: Users;
  hardships: HardshipUsers;
  capacity: CapacityUsers;
}

const warmUpMs = 10 * minuteMs;

/** Puts a world together; it stands still until its agenda is stepped. */
export function assemble(seed: number, make: MakeScenario, tracing: boolean, { observe, stir }: Told): Assembled {
  const agenda = new SteppedAgenda(new Date(installedAt.getTime() - warmUpMs));
  const trace = new Trace(tracing);
  trace.tellTime(() => agenda.now().getTime());
  const note = (kind: FaultKind, ordinal: number): void => trace.note(() => `FAULT ${ordinal}: ${kind}`);
  const scenario = make(note, () => agenda.now().getTime());
  const { fleet, faults, staleReadsMs, pageSize } = scenario;
  const surroundings: Surroundings = { agenda, faults, delays: new Draws(seed, 'delays'), trace, observe, stir };
  const models = modelEcs({ agenda, seed, staleReadsMs, emit: (event) => delivery.emit(event), observe });
  const table = memoryTable(() => agenda.now());
  const needs = disturbed(needsOver(models, table, fleet, pageSize), table, faults);
  const functions = new Functions(surroundings, needs, { ecs: models.ecs, targets: models.targets, table }, () => fleet.configuration);
  const delivery: Delivery = new Delivery(surroundings, functions);
  const court = courtOf(scenario, surroundings, models, table);
  settleFleet(fleet, models.ecs, models.images);
  return { scenario, surroundings, models, table, functions, delivery, court, ...usersOf(fleet, surroundings, models, functions, table) };
}

function courtOf({ fleet, judges }: Scenario, surroundings: Surroundings, models: Models, table: MemoryTable): Court {
  const { ecs, images, targets, outages } = models;
  return new Court({ now: () => nowMs(surroundings), fleet, ecs, images, targets, outages, table }, judges);
}

function usersOf(
  fleet: Fleet,
  surroundings: Surroundings,
  models: Models,
  functions: Functions,
  table: MemoryTable,
): Pick<Assembled, 'commands' | 'users' | 'hardships' | 'capacity'> {
  const capacity = new CapacityUsers(surroundings, models);
  if (fleet.nights !== undefined) capacity.settle(fleet.nights);
  return {
    commands: new Commands(surroundings, functions, table, models.images),
    users: new Users(surroundings, fleet, models),
    hardships: new HardshipUsers(surroundings, fleet, models),
    capacity,
  };
}
