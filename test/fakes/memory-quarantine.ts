import type { Quarantine, QuarantineLifter } from '../../lib/ports/quarantine.ts';
import { frozen, type MemoryTable } from './memory-table.ts';

/** The quarantine in memory. */
export function memoryQuarantine({ quarantine }: MemoryTable): Quarantine & QuarantineLifter {
  return {
    barring: async (digests) =>
      [...new Set(digests)].flatMap((digest) => {
        const entry = quarantine.get(digest);
        return entry === undefined || entry.liftedBy !== undefined ? [] : [entry];
      }),
    lift: async (digest, { by, at, because }) => {
      const entry = quarantine.get(digest);
      if (entry === undefined || entry.liftedBy !== undefined) return undefined;
      const lifted = frozen({ ...entry, liftedBy: by, liftedAt: at, ...(because === undefined ? {} : { liftedBecause: because }) });
      quarantine.set(digest, lifted);
      return lifted;
    },
    add: async ({ digest, since, service, deployment, reason }) => {
      const stored = quarantine.get(digest);
      const stays = stored !== undefined && (stored.liftedBy === undefined || stored.deployment === deployment);
      if (!stays) quarantine.set(digest, frozen({ digest, since, service, deployment, reason }));
    },
  };
}
