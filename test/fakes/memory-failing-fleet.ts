import type { Failing } from '../../lib/domain/failing.ts';
import type { FailingFleet, IncidentTelling } from '../../lib/ports/failing-fleet.ts';
import { frozen } from './memory-table.ts';

/** The verdicts in guard in memory. */
export function memoryFailingFleet(): FailingFleet {
  const failing = new Map<string, Failing>();
  let telling: IncidentTelling | undefined;
  return {
    add: async (one) => {
      failing.set(one.service, frozen(one));
      return [...failing.values()];
    },
    forget: async (some) => {
      for (const one of some) if (JSON.stringify(failing.get(one.service)) === JSON.stringify(one)) failing.delete(one.service);
    },
    take: async (one, now) => {
      const free = telling === undefined || telling.until <= now || telling.by === one.by;
      if (free) telling = one;
      return free;
    },
    told: async (one) => void (telling = one),
  };
}
