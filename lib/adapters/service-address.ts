import type { ServiceKey } from '../domain/deployment.ts';

/** The members by which most ECS calls name a service. */
export function serviceAddress(service: ServiceKey): { cluster: string; service: string } {
  const slash = service.indexOf('/');
  return { cluster: service.slice(0, slash), service: service.slice(slash + 1) };
}
