import type { Digest, RepositoryName } from '../../lib/domain/image.ts';
import type { Registry } from '../../lib/ports/registry.ts';
import type { ScalableTarget } from '../../lib/domain/sleep.ts';
import type { Scaling } from '../../lib/ports/scaling.ts';
import type { Services } from '../../lib/ports/services.ts';
import type { TaskDefinitions } from '../../lib/ports/task-definitions.ts';

export const cloudNow = new Date('2026-11-23T12:00:00.000Z');

/** The ports over ECS and ECR in one implementation, and what the suites do there behind the ports' back. The cluster is `production`. */
export interface Cloud {
  services: Services;
  taskDefinitions: TaskDefinitions;
  registry: Registry;
  scaling: Scaling;
  /** Pushes an image; the same content has the same digest. */
  push(repository: RepositoryName, tag: string, content: string): Promise<Digest>;
  /** Registers the next revision of a family, an image a container. Answers its ARN. */
  register(family: string, images: Record<string, string>): Promise<string>;
  deregister(arn: string): Promise<void>;
  /** A service with two tasks, and a container `web`, that has run its first revision for a while. */
  steadyService(name: string): Promise<Running>;
  /** The same, but for a container `web` that ends with 1. */
  crashingService(name: string): Promise<Running>;
  /** Registers another revision for the service of that name. */
  nextRevision(name: string): Promise<string>;
  /** Time passes until the rollout of a service is complete. */
  letComplete(service: string): Promise<void>;
  /** From now on the service scales by itself, within these bounds. */
  letScale(service: string, target: ScalableTarget): Promise<void>;
  delete(service: string): Promise<void>;
  close(): Promise<void>;
}

export interface Running {
  key: string;
  taskDefinition: string;
  digest: Digest;
}
