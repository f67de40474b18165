import { createHash } from 'node:crypto';
import type { Template } from './cloudformation/template.ts';
import { homeOf, share } from './seed-elsewhere.ts';
import type { World } from './world.ts';

/** What the packaged template says about the services that it manages, as far as a fleet is made of it. */
interface PackagedService {
  cluster: string;
  name: string;
  images: { repository: string; containers?: string[]; tags: { kind: string; tag?: string; glob?: string } }[];
  /** Per repository tags that the service takes, oldest first. */
  examples: Record<string, string[]>;
}

interface Packaged {
  configuration?: { services: Record<string, Omit<PackagedService, 'examples'>> };
  examples?: Record<string, PackagedService['examples']>;
}

interface Container {
  name: string;
  image: string;
}

const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const emptyConfig = '{}';

/** Makes each cluster, repository and service that the packaged configuration names, every service running a healthy image. */
export async function seedFleet(template: Template, world: World, { account, region }: { account: string; region: string }): Promise<void> {
  const services = servicesOf(template);
  for (const cluster of new Set(services.map((service) => service.cluster)))
    await world.call('ecs', 'CreateCluster', { clusterName: cluster });
  const pushed = new Set<string>();
  for (const service of services) {
    const containers: Container[] = [];
    for (const image of service.images) {
      const { repository, uri, as } = homeOf(image.repository, { account, region });
      const call: World['call'] = (...[aws, operation, input]) => world.call(aws, operation, input, as);
      const tag = service.examples[image.repository]?.[0] ?? tagFor(image.tags);
      if (!pushed.has(uri)) await call('ecr', 'CreateRepository', { repositoryName: repository });
      if (!pushed.has(uri) && as !== undefined) await share(repository, as.accessKeyId, { account, call: world.call, there: call });
      if (!pushed.has(`${uri}:${tag}`)) await pushHealthy(repository, tag, call);
      pushed.add(uri).add(`${uri}:${tag}`);
      for (const name of image.containers ?? [lastPart(repository)]) containers.push({ name, image: `${uri}:${tag}` });
    }
    await runService(service, containers, account, world);
  }
}

function servicesOf(template: Template): PackagedService[] {
  const packaged = template.Metadata?.['ecs-autopilot'] as Packaged | undefined;
  const services = Object.entries(packaged?.configuration?.services ?? {});
  return services.map(([key, service]) => ({ ...service, examples: packaged?.examples?.[key] ?? {} }));
}

/** Where packaging told no example, a tag that the policy accepts: its own, or its glob with something in place of each star. */
function tagFor({ kind, tag, glob = '*' }: PackagedService['images'][number]['tags']): string {
  return kind === 'tag' && tag !== undefined ? tag : glob.replaceAll('*', '0').replaceAll('?', '0');
}

function lastPart(repository: string): string {
  return repository.split('/').at(-1) ?? repository;
}

async function pushHealthy(repository: string, tag: string, call: World['call']): Promise<void> {
  const annotations = { 'autopilot.sandbox/run': 'healthy', 'org.opencontainers.image.title': `${repository} as it was found` };
  const config = blob('config.v1+json', emptyConfig);
  const layer = blob('layer.v1.tar+gzip', `${repository}:${tag}`);
  for (const content of [emptyConfig, `${repository}:${tag}`]) await upload(repository, content, call);
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: ociImage, config, layers: [layer], annotations });
  await call('ecr', 'PutImage', { repositoryName: repository, imageTag: tag, imageManifest, imageManifestMediaType: ociImage });
}

/** As a push does before the manifest. What the repository has already is not sent again. */
async function upload(repositoryName: string, content: string, call: World['call']): Promise<void> {
  const layerDigests = [digestOf(content)];
  const { layers } = await call('ecr', 'BatchCheckLayerAvailability', { repositoryName, layerDigests });
  if ((layers as { layerAvailability: string }[])[0]?.layerAvailability === 'AVAILABLE') return;
  const { uploadId } = await call('ecr', 'InitiateLayerUpload', { repositoryName });
  const layerPartBlob = Buffer.from(content).toString('base64');
  const part = { partFirstByte: 0, partLastByte: content.length - 1, layerPartBlob };
  await call('ecr', 'UploadLayerPart', { repositoryName, uploadId, ...part });
  await call('ecr', 'CompleteLayerUpload', { repositoryName, uploadId, layerDigests });
}

function blob(type: string, content: string): { mediaType: string; digest: string; size: number } {
  return { mediaType: `application/vnd.oci.image.${type}`, digest: digestOf(content), size: content.length };
}

// As most fleets have it: a group a service, a stream a container and task.
function logsOf(name: string): object {
  return {
    logDriver: 'awslogs',
    options: { 'awslogs-group': `/ecs/${name}`, 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'ecs' },
  };
}

async function runService({ cluster, name }: PackagedService, containers: Container[], account: string, world: World): Promise<void> {
  await world.call('logs', 'CreateLogGroup', { logGroupName: `/ecs/${name}` }).catch(() => undefined); // Two clusters may have services of one name.
  await world.call('ecs', 'RegisterTaskDefinition', {
    family: name,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${account}:role/ecsTaskExecutionRole`,
    containerDefinitions: containers.map((container) => ({ ...container, essential: true, logConfiguration: logsOf(name) })),
  });
  await world.call('ecs', 'CreateService', {
    cluster,
    serviceName: name,
    taskDefinition: name,
    desiredCount: 2,
    launchType: 'FARGATE',
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-11111111'], securityGroups: ['sg-11111111'], assignPublicIp: 'ENABLED' },
    },
  });
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
