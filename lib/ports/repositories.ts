import type { RepositoryName } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import type { Candidate } from '../domain/image.ts';

/** Where the listing of one repository stands. */
export interface RepositoryCursor {
  repository: RepositoryName;
  version: number;
  /** Page to read next; absent at the beginning of a listing. */
  page?: string;
  /** Per policy (`tag:latest`, `glob:main-*`) the newest few found in the listing under way, the newest first. */
  found: Record<string, Candidate[]>;
  /** When to look at it besides its turn: to read on, or after a fault, or since the configuration changed. */
  dueAt?: Instant;
  /** Told that it does not exist: not told again until it did. */
  missing?: boolean;
}

export interface Repositories {
  read(repository: RepositoryName): Promise<RepositoryCursor | undefined>;
  /** Creates the cursor with version 1. False: there is one already. */
  create(repository: RepositoryName, dueAt: Instant): Promise<boolean>;
  /** Replaces what the cursor holds if its version is still the one given, and raises it. False: somebody was faster. */
  write(cursor: RepositoryCursor): Promise<boolean>;
}
