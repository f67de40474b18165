import type { SleepHistory, SleepLog } from '../../lib/ports/sleep-log.ts';
import { frozen, type MemoryTable, type Slept } from './memory-table.ts';

/** The sleeps in memory: one record an instant at which a sleep began. */
export function memorySleepLog({ sleeps }: MemoryTable): SleepLog {
  return {
    write: async (service, { since, saved, watched, ran, counts = [] }, expiresAt) => {
      const records = sleeps.get(service) ?? new Map<string, Slept>();
      sleeps.set(service, records);
      records.set(
        since,
        frozen({ record: { since, saved, counts, ...(watched && { watched }), ...(ran === undefined ? {} : { ran }) }, expiresAt }),
      );
    },
  };
}

/** The same for those who read them, newest first, what has expired left out. */
export function memorySleepHistory({ sleeps, now }: MemoryTable): SleepHistory {
  return {
    list: async (service, from) => {
      const kept = [...(sleeps.get(service)?.values() ?? [])].filter(({ expiresAt }) => expiresAt > now().toISOString());
      const newestFirst = kept.map(({ record }) => record).toSorted((a, b) => (a.since < b.since ? 1 : -1));
      const before = newestFirst.findIndex(({ since }) => since <= from);
      return before < 0 ? newestFirst : newestFirst.slice(0, before + 1);
    },
  };
}
