import type { ServiceKey } from './deployment.ts';
import type { Digest } from './image.ts';
import type { Instant } from './instant.ts';

/** A service whose live deployment was found guilty in its guard, as the fleet keeps it. */
export interface Failing {
  service: ServiceKey;
  /** When the last of the tasks that spoke against it stopped: a repeat of the verdict tells the same. */
  at: Instant;
  /** What it runs; where no image is known, what stands for it alone. */
  digests: Digest[];
}
