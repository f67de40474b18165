import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { MemoryTable } from '../fakes/memory-table.ts';
import type { Fleet } from './fleet.ts';
import type { Images } from './images.ts';
import type { Observation } from './observation.ts';
import { judges } from './judges/judges.ts';

/** The world as it truly is; only judges see all of it. */
export interface Truth {
  now(): number;
  fleet: Fleet;
  ecs: EcsModel;
  images: Images;
  table: MemoryTable;
  /** When somebody else last changed what a service runs, or how many of it. */
  touchedMs: ReadonlyMap<string, number>;
  /** When faults and users ended; undefined while they go on. */
  calmSinceMs(): number | undefined;
}

/** What a judge says of one step: nothing to decide, it holds, or how it is broken. */
export type Ruling = 'holds' | { broken: string } | undefined;

/** One rule as code. It may remember what it saw. */
export interface Judge {
  rule: string;
  /** After each step that took effect. */
  watch?(seen: Observation): Ruling;
  /** For each service, when it must have settled. */
  settle?(service: string): Ruling;
}

/** Makes a judge for one world. */
export type MakeJudge = (truth: Truth) => Judge;

export class RuleBroken extends Error {
  override name = 'RuleBroken';
  readonly rule: string;
  constructor(rule: string, message: string) {
    super(message);
    this.rule = rule;
  }
}

/** All judges of one world. The first broken rule ends it. */
export class Court {
  readonly #judges: Judge[];
  readonly decided: Record<string, number>;
  broken: RuleBroken | undefined;

  constructor(truth: Truth) {
    this.#judges = judges.map((make) => make(truth));
    this.decided = Object.fromEntries(this.#judges.map(({ rule }) => [rule, 0]));
  }

  watch(seen: Observation): void {
    for (const judge of this.#judges) this.#take(judge, judge.watch?.(seen));
  }

  settle(service: string): void {
    for (const judge of this.#judges) this.#take(judge, judge.settle?.(service));
  }

  #take({ rule }: Judge, ruling: Ruling): void {
    if (ruling === undefined) return;
    this.decided[rule] = (this.decided[rule] ?? 0) + 1;
    if (ruling !== 'holds') this.broken ??= new RuleBroken(rule, ruling.broken);
  }
}

/** Holds where the condition is met; the text says how it is broken. */
export function holds(condition: boolean, text: () => string): Ruling {
  return condition ? 'holds' : { broken: text() };
}
