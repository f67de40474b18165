import type { Digest } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';

/** Who is telling, of which digest, how bad it is (4 is critical), and until when nobody else tells it unless it is worse. */
export interface Exposure {
  digest: Digest;
  by: string;
  rank: number;
  until: Instant;
}

/** Which images were told as exposed lately: of hundreds of findings one message is made. */
export interface Exposures {
  /** Takes the telling. False: somebody else tells it, or told it, and it is no worse now. A repeat by the same one is true again. */
  take(exposure: Exposure, now: Instant): Promise<boolean>;
  /** It was told: it rests until the instant. */
  told(exposure: Exposure): Promise<void>;
}
