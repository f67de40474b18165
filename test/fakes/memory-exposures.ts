import type { Digest } from '../../lib/domain/image.ts';
import type { Exposure, Exposures } from '../../lib/ports/exposures.ts';

/** Exposures in memory. */
export function memoryExposures(): Exposures {
  const known = new Map<Digest, Exposure>();
  return {
    take: async (exposure, now) => {
      const before = known.get(exposure.digest);
      const free = before === undefined || before.until <= now || before.rank < exposure.rank || before.by === exposure.by;
      if (free) known.set(exposure.digest, exposure);
      return free;
    },
    told: async (exposure) => void known.set(exposure.digest, exposure),
  };
}
