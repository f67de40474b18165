import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentsOf, manifest } from '../../demo/images.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { uploadBlobs } from '../fixtures/blobs.ts';

interface PackagedService {
  images: { repository: string; tags: { tag?: string; glob?: string } }[];
}

/** A repository that services of the package run an image of, and the tag that they take. */
export interface Pushed {
  repository: string;
  tag: (version: number) => string;
}

/** Where developers push to: the repositories of the packaged configuration. */
export function repositoriesOf(folder: string): Pushed[] {
  const template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8')) as {
    Metadata: { 'ecs-autopilot': { configuration: { services: Record<string, PackagedService> } } };
  };
  const images = Object.values(template.Metadata['ecs-autopilot'].configuration.services).flatMap((service) => service.images);
  const byName = new Map(images.map(({ repository, tags }) => [repository, tags]));
  return [...byName].map(([repository, { tag, glob = '*' }]) => ({
    repository,
    tag: (version) => tag ?? glob.replaceAll('*', String(version)),
  }));
}

/** A developer pushes a version of an image, every third of which crashes. */
export async function push({ call }: Sandbox, { repository, tag }: Pushed, version: number): Promise<void> {
  const run = version % 3 === 0 ? 'crash after=30s exit=1' : 'healthy';
  const name = `${repository} ${version}`;
  await uploadBlobs(call, repository, ...contentsOf(name));
  await call('ecr', 'PutImage', {
    repositoryName: repository,
    imageTag: tag(version),
    imageManifest: manifest(name, run),
  });
}
