import type { ServiceKey } from '../domain/deployment.ts';

/** The last part of an ARN: the name of a cluster, say. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** `cluster/service` of a service's ARN. ARNs of the old form do not name the cluster: then it must be told, else undefined. */
export function serviceKeyOf(serviceArn: string, clusterArn?: string): ServiceKey | undefined {
  const [cluster, service] = serviceArn.replace(/^.*:service\//, '').split('/');
  if (service !== undefined) return `${cluster}/${service}`;
  return clusterArn === undefined ? undefined : `${lastPart(clusterArn)}/${cluster}`;
}
