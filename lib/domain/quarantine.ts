import type { ServiceKey } from './deployment.ts';
import type { Digest } from './image.ts';
import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** A digest that no service takes until a person lifts it. */
export interface QuarantineEntry {
  digest: Digest;
  since: Instant;
  service: ServiceKey;
  deployment: string;
  reason: Reason;
  /** Who lifted it; a lifted entry bars nothing. */
  liftedBy?: string;
  liftedAt?: Instant;
  /** Why, in the words of who lifted it. */
  liftedBecause?: string;
}
