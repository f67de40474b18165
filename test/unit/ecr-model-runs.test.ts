import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../sandbox/model/ecr/manifest.ts';
import { EcsWorld, manifestOf, uri } from '../fixtures/ecs-world.ts';

const amd64 = (world: EcsWorld, reference: string) => world.ecr.behaviour(reference, 'amd64');

describe('what ECS pulls', () => {
  it.each<[name: string, reference: string, found: boolean]>([
    ['a tag', `${uri}:v1`, true],
    ['a tag that is not there', `${uri}:v2`, false],
    ['a digest', `${uri}@DIGEST`, true],
    ['a digest under any tag', `${uri}:v2@DIGEST`, true],
    ['a digest that is not there', `${uri}@sha256:${'0'.repeat(64)}`, false],
    ['no tag at all, which is latest', uri, false],
    ['a repository that is not there', `${uri}-other:v1`, false],
    ["another account's repository", `${uri.replace('123456789012', '210987654321')}:v1`, false],
    ['the dual-stack name of the registry', `${uri.replace('.dkr.ecr.eu-west-1.amazonaws.com', '.dkr-ecr.eu-west-1.on.aws')}:v1`, true],
    ['an image of another registry', 'public.ecr.aws/docker/library/nginx:1', true],
  ])('finds by %s', (_, reference, found) => {
    const world = new EcsWorld();
    const digest = world.push('v1', 'crash after=5s');
    expect(amd64(world, reference.replace('DIGEST', digest)) !== undefined).toBe(found);
  });

  it('reads the behaviour from the annotation, else from the label in the config blob', () => {
    const world = new EcsWorld();
    const { layers } = world.ecr.repository('my-web-app');
    const config = Buffer.from(JSON.stringify({ config: { Labels: { 'autopilot.sandbox/run': 'oom after=1s' } } }));
    layers.set(digestOf(config), config);
    const manifest = { schemaVersion: 2, config: { digest: digestOf(config), size: config.length }, layers: [] };
    world.push('annotated', 'unhealthy');
    world.ecr.putImage('my-web-app', { imageTag: 'labelled', imageManifest: JSON.stringify(manifest) });
    expect(amd64(world, `${uri}:annotated`)?.run).toBe('unhealthy');
    expect(amd64(world, `${uri}:labelled`)?.run).toBe('oom after=1s');
  });

  it('takes the manifest of the platform out of an index, and says where there is none', () => {
    const world = new EcsWorld();
    const child = world.ecr.putImage('my-web-app', { imageManifest: manifestOf('crash') }).manifest.digest;
    const manifests = [{ digest: child, platform: { os: 'linux', architecture: 'arm64' } }];
    const index = world.ecr.putImage('my-web-app', { imageTag: 'v1', imageManifest: JSON.stringify({ manifests }) }).manifest.digest;
    expect(world.ecr.behaviour(`${uri}:v1`, 'arm64')).toEqual({ digest: index, platformDigest: child, run: 'crash' });
    expect(world.ecr.behaviour(`${uri}:v1`, 'amd64')).toEqual({ digest: index, platformDigest: undefined, run: undefined });
  });

  it('pulls no archived image until it is active again', () => {
    const world = new EcsWorld();
    const imageDigest = world.push('v1');
    world.ecr.setImageStatus('my-web-app', { imageDigest }, 'ARCHIVED');
    expect(amd64(world, `${uri}:v1`)).toBeUndefined();
    world.ecr.setImageStatus('my-web-app', { imageDigest }, 'ACTIVE');
    expect(amd64(world, `${uri}:v1`)?.digest).toBe(imageDigest);
  });
});
