import type { ServiceKey } from '../domain/deployment.ts';
import type { RepositoryName } from '../domain/image.ts';

/** Which configuration the table holds heads for. */
export interface Enrolled {
  /** Hash of the configuration that is enrolled to its end. */
  hash?: string;
  services: ServiceKey[];
  repositories: RepositoryName[];
  /** A newer configuration on its way in. */
  pending?: Pending;
}

export interface Pending {
  hash: string;
  /** How many of its services, in order of their keys, have been enrolled. */
  done: number;
  /** How many of these have no verified deployment yet. */
  untargeted?: number;
}

export interface Enrolment {
  read(): Promise<Enrolled>;
  /** Written in portions, the hash with the last. */
  write(enrolled: Enrolled): Promise<void>;
}
