import type { Deployment } from '../../lib/domain/deployment.ts';
import type { DeploymentHistory, DeploymentLog } from '../../lib/ports/deployment-log.ts';
import { frozen, type MemoryTable, type Recorded } from './memory-table.ts';

/** The history in memory: one record an id, a late repeat of an older state ignored, what has expired left out. */
export function memoryDeploymentLog({ deployments, now }: MemoryTable): DeploymentLog {
  return {
    write: async (deployment, expiresAt) => {
      const records = deployments.get(deployment.service) ?? new Map<string, Recorded>();
      deployments.set(deployment.service, records);
      const stored = records.get(deployment.id);
      if (stored !== undefined && isBehind(deployment, stored.deployment)) return;
      records.set(deployment.id, frozen({ deployment, ...(expiresAt === undefined ? {} : { expiresAt }) }));
    },
    find: async (service, id) => {
      const record = deployments.get(service)?.get(id);
      return record === undefined || hasExpired(record, now()) ? undefined : record.deployment;
    },
  };
}

/** The same for those who read it, newest first. */
export function memoryHistory({ deployments, now }: MemoryTable): DeploymentHistory {
  return {
    list: async (service, limit) => {
      const kept = [...(deployments.get(service)?.values() ?? [])].filter((record) => !hasExpired(record, now()));
      const newestFirst = kept.map(({ deployment }) => deployment).toSorted((a, b) => Number(a.id < b.id) - Number(a.id > b.id));
      return newestFirst.slice(0, limit);
    },
  };
}

function isBehind(deployment: Deployment, stored: Deployment): boolean {
  return deployment.timeline.length < stored.timeline.length && updatedAt(deployment) <= updatedAt(stored);
}

function updatedAt({ timeline, createdAt }: Deployment): string {
  return timeline.at(-1)?.at ?? createdAt;
}

function hasExpired({ expiresAt }: Recorded, now: Date): boolean {
  return expiresAt !== undefined && Math.ceil(Date.parse(expiresAt) / 1000) * 1000 <= now.getTime(); // Whole seconds, as the table keeps them.
}
