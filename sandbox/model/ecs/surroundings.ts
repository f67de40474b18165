import type { Agenda } from '../agenda.ts';
import type { Chance } from './chance.ts';
import type { ImageSource } from './image-source.ts';
import type { LogWriter } from './task-logs.ts';

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
  /** Where tasks with awslogs options write; undefined: nowhere. */
  logs: LogWriter | undefined;
  choices: Choices;
}

/** Ways in which AWS is not known to behave, or behaves on some accounts only. */
export interface Choices {
  /** A native rollback resolves tags anew, in place of the digests that were pinned. */
  rollbackResolvesTags: boolean;
  /** A revision that was deregistered is still taken for up to this long. */
  inactiveLagMs: number;
  /** Containers that AWS adds to each task, GuardDuty's agent say. */
  injectedContainers: readonly string[];
  /** ARNs of services and tasks are of the form from before 2018, without the cluster. */
  legacyArns: boolean;
  /** How many container instances each cluster has: where tasks of launch type EC2 run, and how many tasks a DAEMON service has. */
  containerInstances: number;
}

/** What is taken unless something else is chosen. */
export const usualChoices: Choices = {
  rollbackResolvesTags: false,
  inactiveLagMs: 0,
  injectedContainers: [],
  legacyArns: false,
  containerInstances: 3,
};

export function nowMs(surroundings: Pick<Surroundings, 'agenda'>): number {
  return surroundings.agenda.now().getTime();
}

/** Runs something after a delay drawn between two bounds. */
export function after(surroundings: Surroundings, [lowMs, highMs]: readonly [number, number], run: () => void): void {
  const { agenda, chance } = surroundings;
  agenda.at(new Date(agenda.now().getTime() + chance.between(lowMs, highMs)), run);
}
