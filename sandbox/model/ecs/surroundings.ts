import type { Agenda } from '../agenda.ts';
import type { Chance } from './chance.ts';
import type { ImageSource } from './image-source.ts';

/** An event as the model puts it on the default bus. */
export interface EmittedEvent {
  source: string;
  'detail-type': string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** What the model stands in: its clock, its bus, where images come from, its chance and whose account it is. */
export interface Surroundings {
  agenda: Agenda;
  emit: (event: EmittedEvent) => void;
  images: ImageSource;
  chance: Chance;
  account: string;
  region: string;
}

export function nowMs(surroundings: Surroundings): number {
  return surroundings.agenda.now().getTime();
}

/** Runs something after a delay drawn between two bounds. */
export function after(surroundings: Surroundings, [lowMs, highMs]: readonly [number, number], run: () => void): void {
  const { agenda, chance } = surroundings;
  agenda.at(new Date(agenda.now().getTime() + chance.between(lowMs, highMs)), run);
}
