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
}

/** Name of the tag on revisions that carries the id of the deployment. */
export const deploymentTag = 'autopilot:deployment';
/** Name of the tag on revisions that carries the images. */
export const imageTag = 'autopilot:image';
