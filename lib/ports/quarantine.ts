import type { ServiceKey } from '../domain/deployment.ts';
import type { Digest } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import type { Reason } from '../domain/reason.ts';

/** A digest that no service takes until a person lifts it. */
export interface QuarantineEntry {
  digest: Digest;
  since: Instant;
  service: ServiceKey;
  deployment: string;
  reason: Reason;
  /** Who lifted it; a lifted entry bars nothing. */
  liftedBy?: string;
}

export interface QuarantineReader {
  /** The entries that stand for these digests, lifted ones left out. Consistent. */
  barring(digests: Digest[]): Promise<QuarantineEntry[]>;
}

export interface Quarantine extends QuarantineReader {
  /** Safe to repeat: the same deployment's entry stays as it was first written. Bars again what was lifted, when another deployment condemns it. */
  add(entry: QuarantineEntry): Promise<void>;
}
