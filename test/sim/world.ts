import { modelEcs, type Models } from './models.ts';
import { codeToRest } from './code-to-rest.ts';
import { Court, type Broken } from './court.ts';
import { Delivery } from './delivery.ts';
import { Draws } from './draws.ts';
import type { FaultKind } from './faults.ts';
import { Commands } from './commands.ts';
import { configure } from './draw-fleet.ts';
import { settleFleet, type Fleet } from './fleet.ts';
import { Functions } from './functions.ts';
import type { Observation } from './observation.ts';
import { installedAt, minuteMs, partsOf } from './place.ts';
import { disturbed } from './disturbed.ts';
import { HardshipUsers } from './hardships/hardship-users.ts';
import { isOfHardship } from './hardships/hardship-action.ts';
import { CapacityUsers } from './nights/capacity-users.ts';
import { isOfCapacity } from './nights/capacity-action.ts';
import { touching } from './nights/touched.ts';
import { drawScenario, type Drawing, type Scenario } from './scenario.ts';
import type { Action, Scheduled } from './script.ts';
import { nowMs, type Surroundings } from './surroundings.ts';
import { boundMs, disturbedMs, leftAloneMs } from './settling.ts';
import { tickFrom } from './ticks.ts';
import { Trace } from './trace.ts';
import { Users } from './users.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { memoryTable, type MemoryTable } from '../fakes/memory-table.ts';
import { needsOver } from './needs.ts';

/** What to leave out of what a seed brings, and whether to write down what happens. */
export interface WorldOptions extends Drawing {
  trace?: boolean;
}

/** Makes what a world begins with; every fault that strikes is noted. */
export type MakeScenario = (note: (kind: FaultKind, ordinal: number) => void, now: () => number) => Scenario;

/** How a world ended. */
export interface WorldEnd {
  seed: number;
  broken: Broken | undefined;
  trace: string[];
  struck: Record<FaultKind, number>;
  decided: Record<string, number>;
  faults: number;
  actions: Scheduled[];
  deployments: number;
  rollbacks: number;
  calls: number;
  simulatedMs: number;
}

const warmUpMs = 10 * minuteMs;

/** Runs the world of a seed to its end: the first broken rule, or all settled after faults and users ceased. The same seed and options give the same end. */
export async function runWorld(seed: number, options: WorldOptions = {}): Promise<WorldEnd> {
  return runScenario(seed, (note) => drawScenario(seed, options, note), options.trace ?? false);
}

/** Runs a world that begins with what is told, and in which that happens. */
export async function runScenario(seed: number, make: MakeScenario, trace: boolean): Promise<WorldEnd> {
  return new World(seed, make, trace).run();
}

class World {
  readonly #seed: number;
  readonly #fleet: Fleet;
  readonly #script: Scheduled[];
  readonly #surroundings: Surroundings;
  readonly #functions: Functions;
  readonly #delivery: Delivery;
  readonly #users: Users;
  readonly #capacity: CapacityUsers;
  readonly #hardships: HardshipUsers;
  readonly #commands: Commands;
  readonly #models: Models;
  readonly #court: Court;
  readonly #table: MemoryTable;
  readonly #spanMs: number;
  readonly #nextMinute: (minute: number) => number;
  readonly #begun = new Set<string>();
  #rollbacks = 0;
  #stirred = false;
  #open = 0;

  constructor(seed: number, make: MakeScenario, tracing: boolean) {
    const agenda = new SteppedAgenda(new Date(installedAt.getTime() - warmUpMs));
    const trace = new Trace(tracing);
    trace.tellTime(() => agenda.now().getTime());
    const note = (kind: FaultKind, ordinal: number): void => trace.note(() => `FAULT ${ordinal}: ${kind}`);
    const scenario = make(note, () => agenda.now().getTime());
    const { fleet, script, spanMs, faults, staleReadsMs, pageSize } = scenario;
    this.#nextMinute = scenario.nextMinute ?? ((minute) => minute + 1);
    this.#seed = seed;
    this.#fleet = fleet;
    this.#spanMs = spanMs;
    this.#script = script;
    const stir = (): void => {
      this.#stirred = true;
    };
    this.#surroundings = { agenda, faults, delays: new Draws(seed, 'delays'), trace, observe: (seen) => this.#observe(seen), stir };
    const models = modelEcs({
      agenda,
      seed,
      staleReadsMs,
      emit: (event) => this.#delivery.emit(event),
      observe: this.#surroundings.observe,
    });
    this.#models = models;
    this.#table = memoryTable(() => agenda.now());
    const needs = disturbed(needsOver(models, this.#table, fleet, pageSize), this.#table, faults);
    this.#functions = new Functions(
      this.#surroundings,
      needs,
      { ecs: models.ecs, targets: models.targets, table: this.#table },
      () => this.#fleet.configuration,
    );
    this.#delivery = new Delivery(this.#surroundings, this.#functions);
    this.#commands = new Commands(this.#surroundings, this.#functions, this.#table, models.images);
    this.#users = new Users(this.#surroundings, this.#fleet, models);
    this.#court = new Court(
      {
        now: () => nowMs(this.#surroundings),
        fleet: this.#fleet,
        ecs: models.ecs,
        images: models.images,
        targets: models.targets,
        outages: models.outages,
        table: this.#table,
      },
      scenario.judges,
    );
    settleFleet(fleet, models.ecs, models.images);
    this.#hardships = new HardshipUsers(this.#surroundings, fleet, models);
    this.#capacity = new CapacityUsers(this.#surroundings, models);
    if (fleet.nights !== undefined) this.#capacity.settle(fleet.nights);
  }

  async run(): Promise<WorldEnd> {
    this.#arrange();
    const { agenda } = this.#surroundings;
    const farthest = new Date(installedAt.getTime() + this.#spanMs + 6 * 60 * minuteMs);
    this.#open = this.#fleet.members.size;
    while (this.#open > 0 && this.#court.broken === undefined && agenda.step(farthest)) {
      if (!this.#stirred) continue;
      this.#stirred = false;
      await codeToRest();
    }
    return this.#end();
  }

  #arrange(): void {
    this.#at(0, () => {
      this.#delivery.open = true;
      tickFrom(0, this.#surroundings, this.#functions, this.#nextMinute);
    });
    for (const { atMs, action } of this.#script) if (atMs < Infinity) this.#at(atMs, () => this.#act(action));
    this.#at(this.#spanMs, () => this.#cease());
  }

  #act(action: Action): void {
    const { trace } = this.#surroundings;
    if (isOfHardship(action)) return this.#touch(() => this.#hardships.act(action));
    if (isOfCapacity(action)) return this.#touch(() => this.#capacity.act(action));
    if (action.do !== 'command' && action.do !== 'configure') return this.#touch(() => this.#users.act(action));
    trace.note(() => `USER ${JSON.stringify(action)}`);
    if (action.do === 'command') return this.#commands.order(action);
    configure(this.#fleet, action.service, action.change);
  }

  #touch(act: () => void): void {
    if (this.#fleet.nights === undefined) return act();
    touching(this.#models, this.#fleet.members.keys(), this.#surroundings.observe, act);
  }

  #cease(): void {
    this.#surroundings.trace.note(() => 'FAULTS AND USERS CEASE');
    this.#surroundings.faults.cease();
    const calmMs = nowMs(this.#surroundings);
    for (const { policy } of this.#fleet.members.values())
      this.#settleFrom(policy, Math.max(calmMs, leftAloneMs(this.#table.heads.get(policy.service))));
  }

  /** Judges a service when its time is over; what disturbed it anew by then has all of that time again. */
  #settleFrom(policy: ServicePolicy, fromMs: number): void {
    this.#surroundings.agenda.at(new Date(fromMs + boundMs(policy)), () => {
      const { cluster, name } = partsOf(policy.service);
      const [primary] = this.#models.ecs.service(cluster, name).deployments;
      const againMs = primary && disturbedMs(this.#table.heads.get(policy.service), primary, fromMs);
      if (againMs !== undefined) return this.#settleFrom(policy, againMs);
      this.#court.settle(policy.service);
      this.#open -= 1;
    });
  }

  #at(afterMs: number, run: () => void): void {
    this.#surroundings.agenda.at(new Date(installedAt.getTime() + afterMs), run);
  }

  #observe(seen: Observation): void {
    const { trace } = this.#surroundings;
    if (seen.kind === 'ran') trace.note(() => `  RAN ${seen.by.id}: ${seen.ran.service} -> ${seen.ran.taskDefinition.split('/')[1]}`);
    if (seen.kind === 'head') this.#count(seen);
    this.#court.watch(seen);
  }

  #count({ before, after }: Extract<Observation, { kind: 'head' }>): void {
    if (after.current !== undefined) this.#begun.add(after.current.id);
    if (after.current?.state === 'rolling-back' && before?.current?.state !== 'rolling-back') this.#rollbacks += 1;
    if (before?.current?.state !== after.current?.state || before?.current?.id !== after.current?.id)
      this.#surroundings.trace.note(
        () => `  STATE ${after.service} ${after.current?.id} ${after.current?.state} ${after.current?.reason.text ?? ''}`,
      );
  }

  #end(): WorldEnd {
    const { broken, decided } = this.#court;
    const { faults, trace } = this.#surroundings;
    if (broken !== undefined) trace.note(() => `BROKEN ${broken.rule}: ${broken.how}`);
    return {
      seed: this.#seed,
      broken,
      decided,
      trace: trace.lines,
      struck: faults.struck,
      faults: faults.count,
      actions: this.#script,
      deployments: this.#begun.size,
      rollbacks: this.#rollbacks,
      calls: this.#functions.calls.made,
      simulatedMs: nowMs(this.#surroundings) - installedAt.getTime(),
    };
  }
}
