import type { Needs } from './witness.ts';
import type { FaultSource } from './faults.ts';
import type { MemoryTable } from '../fakes/memory-table.ts';

/** The table as it is with others about: somebody else writes an item a moment before us, and the index lags behind its items. */
export function disturbed(needs: Needs, table: MemoryTable, faults: FaultSource): Needs {
  const { heads, repositories, dueList } = needs;
  return {
    ...needs,
    heads: {
      ...heads,
      change: (service, version, change) => {
        if (faults.strikes('write lost to a rival')) outdo(table.heads, service);
        return heads.change(service, version, change);
      },
    },
    repositories: {
      ...repositories,
      write: (cursor) => {
        if (faults.strikes('write lost to a rival')) outdo(table.repositories, cursor.repository);
        return repositories.write(cursor);
      },
    },
    dueList: {
      due: async (now, limit) => {
        const { items, rest } = await dueList.due(now, limit);
        if (!faults.strikes('index behind')) return { items, rest };
        // Some of what is due is not shown yet, and some head that is due no more still is.
        const shown = items.filter(() => faults.between(0, 1) === 1);
        const [service] = [...table.heads.keys()].filter((key) => !items.some((item) => item.kind === 'head' && item.service === key));
        return { items: service === undefined ? shown : [...shown, { kind: 'head' as const, service }], rest };
      },
    },
  };
}

// The rival changes nothing that anybody can see: only whoever did not look at the version would not notice.
function outdo<Item extends { version: number }>(items: Map<string, Item>, key: string): void {
  const item = items.get(key);
  if (item !== undefined) items.set(key, Object.freeze({ ...item, version: item.version + 1 }));
}
