import type { Quarantine } from '../../lib/ports/quarantine.ts';
import { frozen, type MemoryTable } from './memory-table.ts';

/** The quarantine in memory. A person's lifting is `table.quarantine.set(digest, { ...entry, liftedBy })`. */
export function memoryQuarantine({ quarantine }: MemoryTable): Quarantine {
  return {
    barring: async (digests) =>
      [...new Set(digests)].flatMap((digest) => {
        const entry = quarantine.get(digest);
        return entry === undefined || entry.liftedBy !== undefined ? [] : [entry];
      }),
    add: async ({ digest, since, service, deployment, reason }) => {
      const stored = quarantine.get(digest);
      const stays = stored !== undefined && (stored.liftedBy === undefined || stored.deployment === deployment);
      if (!stays) quarantine.set(digest, frozen({ digest, since, service, deployment, reason }));
    },
  };
}
