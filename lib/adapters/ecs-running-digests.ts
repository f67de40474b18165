import { DescribeServiceRevisionsCommand, type ECSClient, type Service, type ServiceRevision } from '@aws-sdk/client-ecs';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Digest } from '../domain/image.ts';
import { parseImageReference } from '../domain/image-reference.ts';
import { calling } from './aws-errors.ts';
import { tasksOf } from './ecs-tasks.ts';

/** Container name → digest. */
type Digests = Record<string, Digest>;

interface Ran {
  name: string | undefined;
  image: string | undefined;
  imageDigest: string | undefined;
}

/** What ECS resolved for the revision when it first started it; where it tells that not or not of all, what the running tasks say. */
export async function runningDigests(client: ECSClient, key: ServiceKey, service: Service, taskDefinitionArn: string): Promise<Digests> {
  const resolved = await revisionOf(client, key, service, taskDefinitionArn);
  const ran = (resolved?.containerImages ?? []).map(({ containerName, image, imageDigest }) => ({
    name: containerName,
    image,
    imageDigest,
  }));
  const digests = digestsOf(ran);
  const complete = ran.length > 0 && ran.every(({ name }) => name !== undefined && digests[name] !== undefined);
  if (complete) return digests;
  return { ...(await digestsOfTasks(client, key, taskDefinitionArn)), ...digests };
}

async function revisionOf(
  client: ECSClient,
  key: ServiceKey,
  service: Service,
  taskDefinitionArn: string,
): Promise<ServiceRevision | undefined> {
  const serviceRevisionArns = (service.currentServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []).slice(0, 20);
  if (serviceRevisionArns.length === 0) return undefined;
  const describe = new DescribeServiceRevisionsCommand({ serviceRevisionArns });
  const { serviceRevisions = [] } = await calling(`describe the service revisions of ${key}`, () => client.send(describe));
  return serviceRevisions.find(({ taskDefinition }) => taskDefinition === taskDefinitionArn);
}

async function digestsOfTasks(client: ECSClient, key: ServiceKey, wanted: string): Promise<Digests> {
  const tasks = await tasksOf(client, key, 'RUNNING');
  const containers = tasks.filter(({ taskDefinitionArn }) => taskDefinitionArn === wanted).flatMap((task) => task.containers ?? []);
  return digestsOf(containers.map(({ name, image, imageDigest }) => ({ name, image, imageDigest })));
}

function digestsOf(ran: Ran[]): Digests {
  const digests: Digests = {};
  for (const { name, image, imageDigest } of ran) {
    const digest = imageDigest ?? (image === undefined ? undefined : parseImageReference(image).digest);
    if (name !== undefined && digest !== undefined) digests[name] = digest;
  }
  return digests;
}
