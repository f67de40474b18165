import { assemble, type Assembled, type MakeScenario } from './assemble.ts';
import { codeToRest } from './code-to-rest.ts';
import type { Broken } from './court.ts';
import { configure } from './draw-fleet.ts';
import type { FaultKind } from './faults.ts';
import { isOfHardship } from './hardships/hardship-action.ts';
import { isOfCapacity } from './nights/capacity-action.ts';
import { touching } from './nights/touched.ts';
import type { Observation } from './observation.ts';
import { installedAt, minuteMs, partsOf } from './place.ts';
import { drawScenario, type Drawing } from './scenario.ts';
import type { Action, Scheduled } from './script.ts';
import { boundMs, disturbedMs, leftAloneMs } from './settling.ts';
import { nowMs } from './surroundings.ts';
import { tickFrom } from './ticks.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';

/** What to leave out of what a seed brings, and whether to write down what happens. */
export interface WorldOptions extends Drawing {
  trace?: boolean;
}

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
  readonly #parts: Assembled;
  readonly #begun = new Set<string>();
  #rollbacks = 0;
  #stirred = false;
  #open = 0;

  constructor(seed: number, make: MakeScenario, tracing: boolean) {
    this.#seed = seed;
    const stir = (): void => {
      this.#stirred = true;
    };
    this.#parts = assemble(seed, make, tracing, { observe: (seen) => this.#observe(seen), stir });
  }

  async run(): Promise<WorldEnd> {
    this.#arrange();
    const { agenda } = this.#parts.surroundings;
    const farthest = new Date(installedAt.getTime() + this.#parts.scenario.spanMs + 6 * 60 * minuteMs);
    this.#open = this.#parts.scenario.fleet.members.size;
    while (this.#open > 0 && this.#parts.court.broken === undefined && agenda.step(farthest)) {
      if (!this.#stirred) continue;
      this.#stirred = false;
      await codeToRest();
    }
    this.#parts.court.close(this.#open);
    return this.#end();
  }

  #arrange(): void {
    this.#at(0, () => {
      this.#parts.delivery.open = true;
      tickFrom(0, this.#parts.surroundings, this.#parts.functions, this.#parts.scenario.nextMinute);
    });
    for (const { atMs, action } of this.#parts.scenario.script) if (atMs < Infinity) this.#at(atMs, () => this.#act(action));
    this.#at(this.#parts.scenario.spanMs, () => this.#cease());
  }

  #act(action: Action): void {
    const { trace } = this.#parts.surroundings;
    if (isOfHardship(action)) return this.#touch(() => this.#parts.hardships.act(action));
    if (isOfCapacity(action)) return this.#touch(() => this.#parts.capacity.act(action));
    if (action.do !== 'command' && action.do !== 'configure') return this.#touch(() => this.#parts.users.act(action));
    trace.note(() => `USER ${JSON.stringify(action)}`);
    if (action.do === 'command') return this.#parts.commands.order(action);
    configure(this.#parts.scenario.fleet, action.service, action.change);
  }

  #touch(act: () => void): void {
    if (this.#parts.scenario.fleet.nights === undefined) return act();
    touching(this.#parts.models, this.#parts.scenario.fleet.members.keys(), this.#parts.surroundings.observe, act);
  }

  #cease(): void {
    this.#parts.surroundings.trace.note(() => 'FAULTS AND USERS CEASE');
    this.#parts.surroundings.faults.cease();
    // The last fault of all may last for minutes.
    const calmMs = Math.max(nowMs(this.#parts.surroundings), this.#parts.functions.awayUntilMs);
    for (const { policy } of this.#parts.scenario.fleet.members.values())
      this.#settleFrom(policy, Math.max(calmMs, leftAloneMs(this.#parts.table.heads.get(policy.service))));
  }

  /** Judges a service when its time is over; what disturbed it anew by then has all of that time again. */
  #settleFrom(policy: ServicePolicy, fromMs: number): void {
    this.#parts.surroundings.agenda.at(new Date(fromMs + boundMs(policy)), () => {
      const { cluster, name } = partsOf(policy.service);
      const [primary] = this.#parts.models.ecs.service(cluster, name).deployments;
      const againMs = primary && disturbedMs(this.#parts.table.heads.get(policy.service), primary, fromMs);
      if (againMs !== undefined) return this.#settleFrom(policy, againMs);
      this.#parts.functions.atRest(() => {
        this.#parts.court.settle(policy.service);
        this.#open -= 1;
      });
    });
  }

  #at(afterMs: number, run: () => void): void {
    this.#parts.surroundings.agenda.at(new Date(installedAt.getTime() + afterMs), run);
  }

  #observe(seen: Observation): void {
    const { trace } = this.#parts.surroundings;
    if (seen.kind === 'ran') trace.note(() => `  RAN ${seen.by.id}: ${seen.ran.service} -> ${seen.ran.taskDefinition.split('/')[1]}`);
    if (seen.kind === 'head') this.#count(seen);
    this.#parts.court.watch(seen);
  }

  #count({ before, after }: Extract<Observation, { kind: 'head' }>): void {
    if (after.current !== undefined) this.#begun.add(after.current.id);
    if (after.current?.state === 'rolling-back' && before?.current?.state !== 'rolling-back') this.#rollbacks += 1;
    if (before?.current?.state !== after.current?.state || before?.current?.id !== after.current?.id)
      this.#parts.surroundings.trace.note(
        () => `  STATE ${after.service} ${after.current?.id} ${after.current?.state} ${after.current?.reason.text ?? ''}`,
      );
  }

  #end(): WorldEnd {
    const { broken, decided } = this.#parts.court;
    const { faults, trace } = this.#parts.surroundings;
    if (broken !== undefined) trace.note(() => `BROKEN ${broken.rule}: ${broken.how}`);
    return {
      seed: this.#seed,
      broken,
      decided,
      trace: trace.lines,
      struck: faults.struck,
      faults: faults.count,
      actions: this.#parts.scenario.script,
      deployments: this.#begun.size,
      rollbacks: this.#rollbacks,
      calls: this.#parts.functions.calls.made,
      simulatedMs: nowMs(this.#parts.surroundings) - installedAt.getTime(),
    };
  }
}
