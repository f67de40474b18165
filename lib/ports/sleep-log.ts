import type { ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { Sleep, SleptRecord } from '../domain/sleep.ts';

/** The sleeps that are over, for the figures of what was saved; no decision asks for them. */
export interface SleepLog {
  /** Writes a sleep under the instant at which it began: again, it is the same. TTL deletes it. */
  write(service: ServiceKey, sleep: Sleep, expiresAt: Instant): Promise<void>;
}

/** The sleeps for people. */
export interface SleepHistory {
  /** Those that were not over at an instant, newest first; the last one may be. Expired ones are left out. */
  list(service: ServiceKey, from: Instant): Promise<SleptRecord[]>;
}
