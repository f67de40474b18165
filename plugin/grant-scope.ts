import type { Installation } from '../lib/config/installation.ts';
import type { Configuration, ServicePolicy } from '../lib/domain/policy.ts';
import type { FunctionName } from './functions.ts';

/** How far grants are widened where the exact resources pass what IAM takes for one role: each step contains the ones before it. */
export const widenings = [
  { notice: undefined },
  { notice: 'every service of the clusters of the configuration' },
  { notice: 'every service of the clusters, and every repository of the registries, of the configuration' },
  { notice: 'every service of the clusters, every repository of the registries, every task definition family and every role for tasks' },
  { notice: 'every service, repository and task definition family, and every role for tasks' },
] as const;

/** Whose configuration it is and how wide to grant: an index into `widenings`. */
export interface Scope {
  configuration: Configuration;
  installation: Installation;
  widening: number;
  /** Whose role it is. */
  of: FunctionName;
}

/** A service that is only watched is never written to: where all are, nothing may be. */
export function onlyDeployed(scope: Scope): Scope {
  const services = Object.fromEntries(Object.entries(scope.configuration.services).filter(([, policy]) => isDeployed(policy)));
  return { ...scope, configuration: { ...scope.configuration, services } };
}

/** Scans are asked about where a gate asks for them, and nowhere else. */
export function onlyScanned(scope: Scope): Scope {
  const services = Object.entries(scope.configuration.services).filter(([, { gates }]) => gates?.scan !== undefined);
  return { ...scope, configuration: { ...scope.configuration, services: Object.fromEntries(services) } };
}

/** Without a service that sleeps, nothing may touch how services scale. */
export function anySleeps({ services }: Configuration): boolean {
  return Object.values(services).some((policy) => policy.offPeak !== undefined && isDeployed(policy));
}

/** Whether the tick may scale a service under this configuration: what fell asleep under another is woken only then. */
export function mayWake(configuration: Configuration, service: string): boolean {
  const policy = configuration.services[service];
  return policy !== undefined && isDeployed(policy) && anySleeps(configuration);
}

function isDeployed({ mode }: ServicePolicy): boolean {
  return mode === 'deploy';
}

/** What the services together are narrowed to: everything as soon as one of them is not. */
export function narrowed(scope: Scope, key: 'families' | 'taskRoles' | 'logGroups'): string[] | 'all' {
  const services = Object.keys(scope.configuration.services);
  const lists = services.map((service) => scope.installation.grants[service]?.[key]);
  if (lists.length > 0 && (scope.widening >= 3 || lists.includes(undefined))) return 'all';
  return [...new Set(lists.flatMap((list) => list ?? []))].toSorted();
}
