import type { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import type { Draws } from './draws.ts';
import type { Observation } from './observation.ts';
import type { FaultSource } from './faults.ts';
import type { Trace } from './trace.ts';

/** What every part of the world stands in. */
export interface Surroundings {
  agenda: SteppedAgenda;
  faults: FaultSource;
  /** How long calls and deliveries take. */
  delays: Draws;
  trace: Trace;
  /** Told to the judges at once. */
  observe: (seen: Observation) => void;
  /** To be called when code of the product may go on: the world lets it run to its next calls before time moves. */
  stir: () => void;
}

export function nowMs({ agenda }: Surroundings): number {
  return agenda.now().getTime();
}

/** Runs something after a delay. */
export function later({ agenda }: Surroundings, delayMs: number, run: () => void): () => void {
  return agenda.at(new Date(agenda.now().getTime() + delayMs), run);
}
