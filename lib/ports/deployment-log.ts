import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';

/** The history of deployments: written from the heads, may be rewritten, is never asked for a decision that a head can answer. */
export interface DeploymentLog {
  /** Writes the record under its id, replacing an older state of it. `expiresAt` absent: it never expires. */
  write(deployment: Deployment, expiresAt?: Instant): Promise<void>;
  find(service: ServiceKey, id: string): Promise<Deployment | undefined>;
}

/** The history for people: what was deployed where, and what became of it. */
export interface DeploymentHistory {
  /** Newest first, expired ones left out. */
  list(service: ServiceKey, limit: number): Promise<Deployment[]>;
}
