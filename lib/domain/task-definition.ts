import type { Platform } from './platform.ts';

/** A revision of a task definition: what we read of it, and the whole document as AWS sent it. */
export interface TaskDefinition {
  arn: string;
  family: string;
  revision: number;
  active: boolean;
  containers: ContainerDefinition[];
  /** What its tasks run on. Absent where only the container instances know. */
  platform?: Platform;
  tags: Record<string, string>;
  /** The document as AWS answered it, fields that our SDK does not know included. Only adapters look into it. */
  document: unknown;
}

export interface ContainerDefinition {
  name: string;
  image: string;
  essential: boolean;
  /** Where its lines go, where that is CloudWatch Logs by a stream that can be told. */
  log?: ContainerLog;
}

/** The awslogs options by which a container's stream is found: `<prefix>/<container>/<task id>` in the group. */
export interface ContainerLog {
  group: string;
  prefix: string;
  region?: string;
}

/** Name of the tag on revisions that carries the id of the deployment. */
export const deploymentTag = 'autopilot:deployment';
/** Name of the tag on revisions that carries the images. */
export const imageTag = 'autopilot:image';
