import type { Deployment, ServiceKey } from '../domain/deployment.ts';
import type { LogStream } from '../domain/evidence.ts';

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

/** The console of a region, without a page; undefined for a partition whose console is not known. */
export function consoleOf({ partition, region }: Place): string | undefined {
  const host = consoles[partition];
  return host === undefined ? undefined : `https://${region}.${host}`;
}

/** The service's page in the ECS console; undefined for a partition whose console is not known. */
export function consoleLink(
  service: ServiceKey,
  { partition, region }: Place,
  page: 'deployments' | 'logs' | 'tasks' = 'deployments',
): string | undefined {
  const start = consoleOf({ partition, region });
  const [cluster = '', name = ''] = service.split('/').map(encodeURIComponent);
  return start && `${start}/ecs/v2/clusters/${cluster}/services/${name}/${page}?region=${region}`;
}

/** A log stream's page in the CloudWatch console, in the region where the stream is; undefined for a partition whose console is not known. */
export function logStreamLink({ group, stream, region: own }: LogStream, { partition, region }: Place): string | undefined {
  const at = /^[a-z\d-]+$/.test(own ?? '') && own !== undefined ? own : region; // What a task definition names may be anything.
  const start = consoleOf({ partition, region: at });
  const page = `#logsV2:log-groups/log-group/${twiceEncoded(group)}/log-events/${twiceEncoded(stream)}`;
  return start && `${start}/cloudwatch/home?region=${at}${page}`;
}

// The console encodes names twice behind the #, with $ in the place of %: `/ecs/web` is `$252Fecs$252Fweb`.
function twiceEncoded(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}
