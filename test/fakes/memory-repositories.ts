import type { Repositories } from '../../lib/ports/repositories.ts';
import { frozen, type MemoryTable } from './memory-table.ts';

/** The cursors of the repositories in memory, each changed on its version. */
export function memoryRepositories({ repositories }: MemoryTable): Repositories {
  return {
    read: async (repository) => repositories.get(repository),
    create: async (repository, dueAt) => {
      if (repositories.has(repository)) return false;
      repositories.set(repository, frozen({ repository, version: 1, found: {}, dueAt }));
      return true;
    },
    write: async (cursor) => {
      if (repositories.get(cursor.repository)?.version !== cursor.version) return false;
      repositories.set(cursor.repository, frozen({ ...cursor, version: cursor.version + 1 }));
      return true;
    },
  };
}
