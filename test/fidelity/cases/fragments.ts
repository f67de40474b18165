import { createHash } from 'node:crypto';
import type { CallStep } from '../case.ts';

type Members = Record<string, unknown>;

export const account = '123456789012';
export const place = `eu-west-1:${account}`;
export const cluster = '{unique}';

/** A cluster that has the case's own name. */
export const aCluster: CallStep = { call: 'ecs CreateCluster', input: { clusterName: cluster } };

/** A repository that has the case's own name. */
export const aRepository: CallStep = { call: 'ecr CreateRepository', input: { repositoryName: '{unique}' } };

/** A manifest; what is said of it makes it an image of its own, and `run` how it behaves. */
export function manifestOf(run: string, more: Members = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${'0'.repeat(64)}`, size: 2 },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: sha256(run + JSON.stringify(more)), size: 1 }],
    annotations: { 'autopilot.sandbox/run': run, ...more },
  });
}

export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** An index over one platform manifest. */
export function indexOf(digest: string): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 2, platform: { os: 'linux', architecture: 'amd64' } },
    ],
  });
}

/** Pushes an image and keeps its digest under a name. */
export function push(imageTag: string | undefined, imageManifest: string, savedAs = 'digest'): CallStep {
  const input = { repositoryName: '{unique}', imageManifest, ...(imageTag === undefined ? {} : { imageTag }) };
  return { call: 'ecr PutImage', input, save: { [savedAs]: 'image.imageId.imageDigest' } };
}

/** Registers a revision of the case's family that runs an image of its repository. */
export function aRevision(image = `${account}.dkr.ecr.eu-west-1.amazonaws.com/{unique}:v1`, more: Members = {}): CallStep {
  return {
    call: 'ecs RegisterTaskDefinition',
    input: {
      family: '{unique}',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'app', image, memory: 512, essential: true }],
      ...more,
    },
  };
}

export function aService(more: Members = {}): CallStep {
  return {
    call: 'ecs CreateService',
    input: {
      cluster,
      serviceName: 'web',
      taskDefinition: '{unique}:1',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['{subnet}'], securityGroups: [] } },
      ...more,
    },
  };
}

export const named = { cluster, service: 'web' };

/** Reads the service `web`, and expects this of it. */
export function theService(members: Members): CallStep {
  return { call: 'ecs DescribeServices', input: { cluster, services: ['web'] }, answer: { services: [members] } };
}

/** A service that ran its first image for a while. */
export const aSteadyService = [
  aCluster,
  aRepository,
  push('v1', manifestOf('healthy')),
  aRevision(),
  aService(),
  { passSeconds: 300 },
] as const;

/** Why Moto has nothing of what a clock brings about. */
export const noScheduler = 'Moto has no scheduler: a service is there from its first call, starts no tasks and completes no deployment.';
export const noEvents = 'Moto puts no events of this service on the bus.';
