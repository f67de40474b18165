import { createHash } from 'node:crypto';
import { applicationAutoScalingClient } from '../../lib/adapters/application-auto-scaling-client.ts';
import { awsScaling } from '../../lib/adapters/aws-scaling.ts';
import { ecrClients } from '../../lib/adapters/ecr-client.ts';
import { ecrRegistry } from '../../lib/adapters/ecr-registry.ts';
import { ecsClient } from '../../lib/adapters/ecs-client.ts';
import { ecsServices } from '../../lib/adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../../lib/adapters/ecs-task-definitions.ts';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { localOptions } from './client-options.ts';
import { cloudNow, type Cloud, type Running } from './cloud.ts';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const cluster = 'production';
const aWhileMs = 300_000;

/** The adapters of ECS and ECR, speaking to the sandbox over HTTP. */
export async function sandboxCloud(): Promise<Cloud> {
  const sandbox = await startSandbox({ start: cloudNow, uncheckedLayers: true });
  await sandbox.call('ecs', 'CreateCluster', { clusterName: cluster });
  const options = localOptions(sandbox.endpoint, { maxAttempts: 1 });
  const ecs = ecsClient(options);
  const autoScaling = applicationAutoScalingClient(options);
  const repositories = new Set<string>();
  const push = async (repository: string, tag: string, run: string): Promise<string> => {
    if (!repositories.has(repository)) await sandbox.call('ecr', 'CreateRepository', { repositoryName: repository });
    repositories.add(repository);
    return await putImage(sandbox, repository, tag, run);
  };
  const register = (family: string, images: Record<string, string>): Promise<string> => registerTaskDefinition(sandbox, family, images);
  const running = async (name: string, run: string): Promise<Running> => {
    const digest = await push(name, 'latest', run);
    const taskDefinition = await register(name, { web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}:latest` });
    await sandbox.call('ecs', 'CreateService', { cluster, serviceName: name, taskDefinition, desiredCount: 2 });
    await sandbox.clock.advance(aWhileMs);
    return { key: `${cluster}/${name}`, taskDefinition, digest };
  };
  return {
    services: ecsServices(ecs),
    taskDefinitions: ecsTaskDefinitions(ecs),
    registry: ecrRegistry(ecrClients(options)),
    scaling: awsScaling(ecs, autoScaling),
    letScale: async (key, { min, max, suspended }) => {
      await sandbox.call('application-autoscaling', 'RegisterScalableTarget', {
        ServiceNamespace: 'ecs',
        ResourceId: `service/${key}`,
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: min,
        MaxCapacity: max,
        SuspendedState: {
          DynamicScalingInSuspended: suspended.in,
          DynamicScalingOutSuspended: suspended.out,
          ScheduledScalingSuspended: suspended.scheduled,
        },
      });
    },
    push,
    register,
    deregister: async (taskDefinition) => void (await sandbox.call('ecs', 'DeregisterTaskDefinition', { taskDefinition })),
    steadyService: (name) => running(name, 'healthy'),
    crashingService: (name) => running(name, 'crash after=30s exit=1'),
    nextRevision: async (name) => {
      await push(name, 'next', 'slow start=30s');
      return await register(name, { web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}:next` });
    },
    letComplete: () => sandbox.clock.advance(aWhileMs),
    delete: async (key) => {
      await sandbox.call('ecs', 'DeleteService', { cluster, service: key.slice(cluster.length + 1), force: true });
      await sandbox.clock.advance(aWhileMs);
    },
    close: async () => {
      ecs.destroy();
      autoScaling.destroy();
      await sandbox.close();
    },
  };
}

/** An image whose content is what it does when it runs. */
async function putImage(sandbox: Sandbox, repositoryName: string, imageTag: string, run: string): Promise<string> {
  const blob = (type: string) => ({ mediaType: `application/vnd.oci.image.${type}`, digest: digestOf(type), size: 100 });
  const annotations = { 'autopilot.sandbox/run': run };
  const manifest = { schemaVersion: 2, mediaType, config: blob('config.v1+json'), layers: [blob('layer.v1.tar+gzip')], annotations };
  const imageManifest = JSON.stringify(manifest);
  await sandbox.call('ecr', 'PutImage', { repositoryName, imageTag, imageManifest, imageManifestMediaType: mediaType });
  return digestOf(imageManifest);
}

async function registerTaskDefinition(sandbox: Sandbox, family: string, images: Record<string, string>): Promise<string> {
  const containerDefinitions = Object.entries(images).map(([name, image]) => ({ name, image, memory: 128, essential: true }));
  const { taskDefinition } = await sandbox.call('ecs', 'RegisterTaskDefinition', { family, containerDefinitions });
  return (taskDefinition as { taskDefinitionArn: string }).taskDefinitionArn;
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
