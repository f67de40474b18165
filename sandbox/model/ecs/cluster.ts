import { lastName } from './arns.ts';
import { clusterNotFound, EcsError } from './errors.ts';
import type { Service } from './service.ts';
import type { Tag } from './tags.ts';

export interface Cluster {
  name: string;
  arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  services: Map<string, Service>;
  capacityProviders: string[];
  settings: unknown;
  tags: Tag[];
}

/** The clusters of the account, by name. */
export type Clusters = Map<string, Cluster>;

/** The cluster of that name or ARN; `default` where none is named. A deleted one is described for a while, and takes no calls. */
export function findCluster(clusters: Clusters, nameOrArn = 'default'): Cluster {
  const cluster = clusters.get(lastName(nameOrArn));
  if (cluster?.status !== 'ACTIVE') throw clusterNotFound();
  return cluster;
}

/** The service of that name or ARN, inactive ones included. */
export function findService(cluster: Cluster, nameOrArn: string): Service {
  const service = cluster.services.get(lastName(nameOrArn));
  if (service === undefined) throw new EcsError('ServiceNotFoundException', 'Service not found.');
  return service;
}
