import type { Deployment, ServiceKey } from '../domain/deployment.ts';

/** Where in AWS a service is, as far as the ARNs on record tell. */
export interface Place {
  partition: string;
  region: string;
}

const consoles: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The partition and region of a deployment, read from any ARN that it holds; undefined while it holds none. */
export function placeOf({ taskDefinition, previousTaskDefinition, rollback }: Deployment): Place | undefined {
  const [, partition = '', , region = ''] = (taskDefinition ?? previousTaskDefinition ?? rollback?.taskDefinition ?? '').split(':');
  return partition === '' || region === '' ? undefined : { partition, region };
}

/** The service's page in the ECS console; undefined for a partition whose console is not known. */
export function consoleLink(
  service: ServiceKey,
  { partition, region }: Place,
  page: 'deployments' | 'tasks' = 'deployments',
): string | undefined {
  const host = consoles[partition];
  const [cluster = '', name = ''] = service.split('/').map(encodeURIComponent);
  return host === undefined ? undefined : `https://${region}.${host}/ecs/v2/clusters/${cluster}/services/${name}/${page}?region=${region}`;
}
