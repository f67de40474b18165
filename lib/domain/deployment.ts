import type { Diagnosis } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { ImageLabels } from './image-labels.ts';
import type { Digest, Images, Origin, RepositoryName } from './image.ts';
import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** `cluster/service`, as in the configuration. */
export type ServiceKey = string;

export const openStates = ['waiting', 'deploying', 'baking', 'live', 'rolling-back'] as const;
export const closedStates = ['rejected', 'superseded', 'replaced', 'cancelled', 'rolled-back', 'failed'] as const;
export type DeploymentState = (typeof openStates)[number] | (typeof closedStates)[number];

/** One attempt to run one set of images on one service, whoever started it. */
export interface Deployment {
  /** ULID-shaped, derived from service, digests and claim: a repeat of the same claim has the same id. Newer ids sort later. */
  id: string;
  service: ServiceKey;
  origin: Origin;
  images: Images;
  /** What those images say of where they come from, once they were asked. */
  labels?: Record<RepositoryName, ImageLabels>;
  state: DeploymentState;
  /** Why it is in that state. */
  reason: Reason;
  createdAt: Instant;
  /** When the newest of its images was pushed. */
  pushedAt?: Instant;
  /** ARN of the revision that it runs. */
  taskDefinition?: string;
  /** ARN of the revision that the service ran before it. */
  previousTaskDefinition?: string;
  /** What the service ran before it of the repositories of which it brings no image, as far as that is known: what it carries on is in both. */
  previousImages?: Images;
  /** ECS's own id of the rollout (`ecs-svc/…`) that carries it out. */
  rolloutId?: string;
  /** When the service was told to run it. The time-out of the rollout counts from here. */
  startedAt?: Instant;
  /** When the bake began; absent while untested. */
  bakeStartedAt?: Instant;
  verifiedAt?: Instant;
  /** Until when a live deployment is still rolled back. */
  guardUntil?: Instant;
  /** A rollback put the service back on it: from which deployment, and until when it is told that its tasks fail too. It is not put back once more. */
  returned?: { from: string; until: Instant };
  /** The rollout completed at desired count 0 and proved nothing. */
  untested?: boolean;
  /** Since when tasks of an untested one are wanted, and none came up. */
  tasksWantedAt?: Instant;
  /** ARN of a copy pinned to the digests that ran, where its own revision names a tag. */
  pinnedTaskDefinition?: string;
  /** What its tasks died of, where it was condemned and they did: for people, and on record as it was judged. */
  diagnosis?: Diagnosis;
  /** What was found at the task whose failure condemned it. */
  evidence?: Evidence;
  /** How many tasks its service was to have when it was condemned. */
  wanted?: number;
  rollback?: Rollback;
  /** When its failures were told as an incident of old and new revision alike. */
  incidentAt?: Instant;
  /** Digests whose images say `autopilot.rollback=never`, those of unverified deployments that it began on included; `asked`: which of its own were; `awaited`:
   * since when its way back waits for the answer. */
  oneWay?: { digests: Digest[]; asked?: Digest[]; awaited?: Instant };
  /** What people were warned of about it, once each: what ECS said of its tasks, and reasons of stops that the catalogue does not know. */
  warned?: string[];
  /** What people are to know about it beside its reason, a sentence each. */
  notes?: string[];
  /** Who ordered it, where a person did. */
  actor?: string;
  timeline: TimelineEntry[];
}

export interface TimelineEntry {
  at: Instant;
  state: DeploymentState;
  reason: Reason;
}

/** The way back of a condemned deployment; a rollback is no deployment of its own. */
export interface Rollback {
  /** Id of the verified deployment that the service goes back to. */
  to: string;
  /** ARN of the revision that it goes back to. */
  taskDefinition: string;
  startedAt: Instant;
  rolloutId?: string;
  /** ECS's circuit breaker or a person went back before we did. */
  native?: boolean;
  /** The revision is INACTIVE: before the service is told to run it, a copy is to be registered. */
  anew?: true;
  /** Who ordered it, where a person did by a command. */
  actor?: string;
}

/** The revision to run in order to be back on this deployment: pinned by digest. */
export function targetRevision(deployment: Deployment): string | undefined {
  return deployment.pinnedTaskDefinition ?? deployment.taskDefinition;
}
