import type { ServiceKey } from '../lib/domain/deployment.ts';
import type { Configuration } from '../lib/domain/policy.ts';

const batch = 10; // What DescribeServices takes.
const longestMs = 10_000; // Of one call, with its retries.

/** Those of the services that run a task on each container instance, as ECS tells it now. Its settings are those of the framework. */
export async function daemonsAmong(settings: object, services: readonly ServiceKey[]): Promise<ServiceKey[]> {
  const { DescribeServicesCommand, ECSClient } = await import('@aws-sdk/client-ecs'); // Packaging needs none of it.
  const client = new ECSClient(settings);
  const found: ServiceKey[] = [];
  for (const [cluster, names] of byCluster(services))
    for (let from = 0; from < names.length; from += batch) {
      const ask = new DescribeServicesCommand({ cluster, services: names.slice(from, from + batch) });
      const answer = await client.send(ask, { abortSignal: AbortSignal.timeout(longestMs) }).catch(noCluster);
      // One that was deleted is told of for a while yet: what takes its place may be of another kind.
      const daemons = (answer?.services ?? []).filter((one) => one.schedulingStrategy === 'DAEMON' && one.status !== 'INACTIVE');
      found.push(...daemons.map(({ serviceName }) => `${cluster}/${serviceName}`));
    }
  return found;
}

/** Those that are to sleep by a schedule. */
export function sleepersOf({ services }: Configuration): ServiceKey[] {
  return Object.values(services).flatMap(({ service, offPeak, managed }) => (offPeak === undefined || !managed ? [] : [service]));
}

/** Why these services cannot sleep, as one text for a terminal. */
export function formatDaemons(daemons: readonly ServiceKey[]): string {
  const each = daemons.map((service) => `- ${service} is a DAEMON service: it takes no desired count. Set offPeak: false for it.`);
  return ['Services cannot sleep; nothing was deployed:', ...each].join('\n');
}

// That a cluster does not exist is told at enrolment.
function noCluster(error: unknown): undefined {
  if ((error as { name?: string }).name !== 'ClusterNotFoundException') throw error;
}

function byCluster(services: readonly ServiceKey[]): Map<string, string[]> {
  const clusters = new Map<string, string[]>();
  for (const service of services) {
    const [cluster = '', name = ''] = service.split('/');
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), name]);
  }
  return clusters;
}
