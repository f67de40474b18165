import type { Head, HeadChange } from '../../lib/domain/head.ts';
import type { Heads } from '../../lib/ports/heads.ts';
import { frozen, type MemoryTable } from './memory-table.ts';

/** Heads in memory, with the promises of the table: a version decides who writes, failures are a set of their own. */
export function memoryHeads({ heads }: MemoryTable): Heads {
  return {
    read: async (service) => heads.get(service),
    create: async (service, fields) => {
      if (heads.has(service)) return false;
      heads.set(service, frozen({ ...present(fields), service, version: 1, failures: [] }));
      return true;
    },
    change: async (service, version, change) => {
      const head = heads.get(service);
      if (head?.version !== version) return undefined;
      const changed = frozen(changedHead(head, change));
      heads.set(service, changed);
      return changed;
    },
    addFailures: async (service, entries) => withFailures(heads, service, (failures) => [...new Set([...failures, ...entries])].toSorted()),
    forgetFailures: async (service, entries) => {
      withFailures(heads, service, (failures) => failures.filter((entry) => !entries.includes(entry)));
    },
  };
}

function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function changedHead(head: Head, { failures, ...change }: HeadChange): Head {
  const changed: Record<string, unknown> = { ...head, version: head.version + 1 };
  if (failures === null) changed['failures'] = [];
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete changed[name];
    else if (value !== undefined) changed[name] = value;
  }
  return changed as unknown as Head;
}

function withFailures(heads: MemoryTable['heads'], service: string, alter: (failures: string[]) => string[]): Head | undefined {
  const head = heads.get(service);
  if (head === undefined) return undefined;
  const altered = frozen({ ...head, failures: alter(head.failures) });
  heads.set(service, altered);
  return altered;
}
