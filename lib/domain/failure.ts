import type { ServiceKey } from './deployment.ts';
import type { Instant } from './instant.ts';

/** A task of a service that stopped, from an event or from ECS's list of stopped tasks. */
export interface StoppedTask {
  service: ServiceKey;
  taskArn: string;
  /** ARN of the revision. */
  taskDefinition: string;
  /** The rollout that started it (`ecs-svc/…`), where told. */
  startedBy?: string;
  stoppedAt: Instant;
  createdAt: Instant;
  stopCode?: string;
  stoppedReason?: string;
  /** Whether it belongs to a service (group `service:…`), as opposed to RunTask. */
  ofService: boolean;
  containers: StoppedContainer[];
}

export interface StoppedContainer {
  name: string;
  exitCode?: number;
  reason?: string;
  imageDigest?: string;
}

/** A counted stop as the head keeps it. */
export interface Failure {
  stoppedAt: Instant;
  taskId: string;
  /** `family:revision`. */
  revision: string;
  row: number;
  /** The rollout that started the task, where its revision names a tag: another rollout of the same revision may run another image. */
  rollout?: string;
}

/** `<stoppedAt>#<task id>#<revision>#<catalogue row>`, and `#<rollout>` where that matters: a stop counts once, however often it is told. */
export function failureEntry({ stoppedAt, taskId: id, revision, row, rollout }: Failure): string {
  return [stoppedAt, id, revision, row, ...(rollout === undefined ? [] : [rollout])].join('#');
}

/** Reads an entry back; undefined for one that this version does not understand. */
export function parseFailure(entry: string): Failure | undefined {
  const [stoppedAt, id, revision, row, rollout] = entry.split('#');
  if (stoppedAt === undefined || id === undefined || revision === undefined || !Number.isInteger(Number(row))) return undefined;
  return { stoppedAt, taskId: id, revision, row: Number(row), ...(rollout === undefined ? {} : { rollout }) };
}

/** A stop that counts against nobody, as the head keeps it beside the failures. */
export interface PassedStop {
  stoppedAt: Instant;
  /** `family:revision`. */
  revision: string;
  /** What the catalogue calls it. */
  category: string;
}

/** The same form, with `~` and the category in the place of the row: nobody takes it for a failure. */
export function passedEntry({ stoppedAt, revision, category }: PassedStop, id: string): string {
  return [stoppedAt, id, revision, `~${category}`].join('#');
}

/** Reads such an entry back; undefined for any other. */
export function parsePassed(entry: string): PassedStop | undefined {
  const [stoppedAt = '', , revision = '', category = ''] = entry.split('#');
  return category.startsWith('~') ? { stoppedAt, revision, category: category.slice(1) } : undefined;
}

/** `family:revision` of a task definition's ARN. */
export function revisionName(taskDefinitionArn: string): string {
  return taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf('/') + 1);
}

/** The id of a task's ARN, long or legacy form. */
export function taskId(taskArn: string): string {
  return taskArn.slice(taskArn.lastIndexOf('/') + 1);
}
