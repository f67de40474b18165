import type { DueItem, DueList } from '../../lib/ports/heads.ts';
import type { MemoryTable } from './memory-table.ts';

/** What is due in the table in memory. Unlike the index it is never behind. */
export function memoryDueList({ heads, repositories }: MemoryTable): DueList {
  return {
    due: async (now, limit) => {
      const found: { dueAt: string; item: DueItem }[] = [];
      for (const { service, dueAt } of heads.values()) {
        if (dueAt !== undefined && dueAt <= now) found.push({ dueAt, item: { kind: 'head', service } });
      }
      for (const { repository, dueAt } of repositories.values()) {
        if (dueAt !== undefined && dueAt <= now) found.push({ dueAt, item: { kind: 'repository', repository } });
      }
      found.sort((a, b) => Number(a.dueAt > b.dueAt) - Number(a.dueAt < b.dueAt));
      return { items: found.slice(0, limit).map(({ item }) => item), rest: found.length > limit };
    },
  };
}
