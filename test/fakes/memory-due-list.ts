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
      const taken = { head: 0, repository: 0 };
      const told = found.filter(({ item: { kind } }) => (taken[kind] += 1) <= limit);
      return { items: told.map(({ item }) => item), rest: told.length < found.length };
    },
  };
}
