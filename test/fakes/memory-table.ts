import type { Deployment, ServiceKey } from '../../lib/domain/deployment.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { Digest, RepositoryName } from '../../lib/domain/image.ts';
import type { Instant } from '../../lib/domain/instant.ts';
import type { Enrolled } from '../../lib/ports/enrolment.ts';
import type { QuarantineEntry } from '../../lib/ports/quarantine.ts';
import type { RepositoryCursor } from '../../lib/ports/repositories.ts';
import type { SleptRecord } from '../../lib/domain/sleep.ts';

/** The table in memory, shared by the ports over it. What it holds is frozen: nobody changes it but through a port. */
export interface MemoryTable {
  heads: Map<ServiceKey, Head>;
  deployments: Map<ServiceKey, Map<string, Recorded>>;
  sleeps: Map<ServiceKey, Map<Instant, Slept>>;
  quarantine: Map<Digest, QuarantineEntry>;
  repositories: Map<RepositoryName, RepositoryCursor>;
  enrolled: { value: Enrolled };
  /** Tells what has expired. */
  now: () => Date;
}

export interface Recorded {
  deployment: Deployment;
  expiresAt?: Instant;
}

export interface Slept {
  record: SleptRecord;
  expiresAt: Instant;
}

/** An empty table. */
export function memoryTable(now: () => Date = () => new Date()): MemoryTable {
  return {
    heads: new Map(),
    deployments: new Map(),
    sleeps: new Map(),
    quarantine: new Map(),
    repositories: new Map(),
    enrolled: { value: { services: [], repositories: [] } },
    now,
  };
}

/** Freezes a value to its depth, and stops where it is frozen already: so what was stored once costs nothing the next time. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const name in value) frozen(value[name]); // Quicker than a list of the members, of which worlds freeze millions.
  }
  return value;
}
