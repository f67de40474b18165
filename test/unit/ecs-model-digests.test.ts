import { describe, expect, it } from '@jest/globals';
import { EcsWorld, firstTask, uri } from '../fixtures/ecs-world.ts';

describe('the digest of a tag', () => {
  it('is resolved once per deployment, and anew by the next', () => {
    const world = new EcsWorld();
    const old = world.push('latest', 'healthy', 'old');
    const service = world.settled(world.define(`${uri}:latest`), { desiredCount: 1 });
    const moved = world.push('latest', 'healthy', 'new');
    world.update(undefined, { desiredCount: 2 });
    world.pass(120);
    expect([...(service.deployments[0]?.tasks ?? [])].map(({ containers }) => containers[0]?.digest)).toEqual([old, old]);
    world.update(undefined, { forceNewDeployment: true });
    world.pass(300);
    expect([...(service.deployments[0]?.tasks ?? [])].map(({ containers }) => containers[0]?.digest)).toEqual([moved, moved]);
    expect(service.revisions.map(({ digests }) => digests.get('app'))).toEqual([moved, old]);
  });

  it('is resolved by each task where version consistency is disabled', () => {
    const world = new EcsWorld();
    const old = world.push('latest', 'healthy', 'old');
    const service = world.settled(world.define(`${uri}:latest`, { versionConsistency: 'disabled' }), { desiredCount: 1 });
    const moved = world.push('latest', 'healthy', 'new');
    world.update(undefined, { desiredCount: 2 });
    world.pass(120);
    expect([...(service.deployments[0]?.tasks ?? [])].map(({ containers }) => containers[0]?.digest)).toEqual([old, moved]);
  });

  it('leaves replacements without an image when it was deleted from the registry', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 1 });
    const imageDigest = firstTask(service).containers[0]?.digest;
    world.ecr.deleteImage('my-web-app', { imageDigest });
    world.ecs.stopTask('production', firstTask(service).arn);
    world.pass(120);
    const failed = world.seen('ECS Task State Change').find(({ detail }) => detail['stopCode'] === 'TaskFailedToStart');
    expect(failed?.detail['stoppedReason']).toContain(`failed to resolve ref ${uri}@${imageDigest}`);
  });
});
