import type { ScalableTargets } from '../../../sandbox/model/auto-scaling/targets.ts';
import type { EcsModel } from '../../../sandbox/model/ecs/model.ts';
import type { MemoryTable } from '../../fakes/memory-table.ts';
import type { Outages } from '../hardships/outages.ts';
import type { Fleet } from '../fleet.ts';
import type { Images } from '../images.ts';
import type { Observation } from '../observation.ts';

/** The world as it truly is; only judges see all of it. */
export interface Truth {
  now(): number;
  fleet: Fleet;
  ecs: EcsModel;
  images: Images;
  targets: ScalableTargets;
  outages: Pick<Outages, 'sinceMs'>;
  table: MemoryTable;
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

/** Holds where the condition is met; the text says how it is broken. */
export function holds(condition: boolean, text: () => string): Ruling {
  return condition ? 'holds' : { broken: text() };
}

/** The first fault of several, or that it holds. */
export function holdsUnless(faults: (string | false | undefined)[]): Ruling {
  const fault = faults.find((one) => typeof one === 'string');
  return typeof fault === 'string' ? { broken: fault } : 'holds';
}
