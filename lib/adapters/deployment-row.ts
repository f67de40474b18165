import { closedStates, openStates, type Deployment } from '../domain/deployment.ts';
import { malformed, type Assignments, type Row } from './dynamo-row.ts';

// A record and not a list, so that a member added to Deployment does not compile until it is written.
const members: Record<keyof Deployment, true> = {
  id: true,
  service: true,
  origin: true,
  images: true,
  labels: true,
  state: true,
  reason: true,
  createdAt: true,
  pushedAt: true,
  taskDefinition: true,
  previousTaskDefinition: true,
  previousImages: true,
  rolloutId: true,
  startedAt: true,
  bakeStartedAt: true,
  verifiedAt: true,
  guardUntil: true,
  returned: true,
  untested: true,
  tasksWantedAt: true,
  pinnedTaskDefinition: true,
  diagnosis: true,
  evidence: true,
  wanted: true,
  rollback: true,
  incidentAt: true,
  actor: true,
  oneWay: true,
  warned: true,
  notes: true,
  timeline: true,
};
const names = Object.keys(members) as (keyof Deployment)[];
const states: ReadonlySet<unknown> = new Set([...openStates, ...closedStates]);

/** Every member by name; what the deployment does not have is removed, what we do not know survives. */
export function deploymentAssignments(deployment: Deployment): Assignments {
  return Object.fromEntries(names.map((name) => [name, deployment[name] ?? null]));
}

/** Reads a record back; one in a state that this version does not know is a fault. */
export function toDeployment(row: Row): Deployment {
  const found = Object.fromEntries(names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]));
  if (!isDeployment(found)) throw malformed(row, `no state of a deployment: ${String(row['state'])}`);
  return found;
}

/** Whether it is a deployment as this version knows them, by what every decision looks at first. */
export function isDeployment(value: unknown): value is Deployment {
  const { id, state, images } = value as Partial<Deployment>;
  return typeof id === 'string' && states.has(state) && typeof images === 'object';
}
