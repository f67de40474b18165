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

  it('is given up where it could not be resolved three times: each task takes what the tag names then', () => {
    const world = new EcsWorld();
    const service = world.serve(world.define(`${uri}:late`), { desiredCount: 1 });
    while (world.seen('ECS Task State Change').filter(({ detail }) => detail['lastStatus'] === 'STOPPED').length < 3) world.pass(1);
    const first = world.push('late', 'healthy', 'first');
    world.pass(300);
    const second = world.push('late', 'healthy', 'second');
    world.update(undefined, { desiredCount: 2 });
    world.pass(120);
    expect([...(service.deployments[0]?.tasks ?? [])].map(({ containers }) => containers[0]?.digest)).toEqual([first, second]);
    expect(service.revisions[0]?.digests.size).toBe(0);
  });

  it('is still pinned where it was resolved at the third attempt', () => {
    const world = new EcsWorld();
    const service = world.serve(world.define(`${uri}:late`), { desiredCount: 1 });
    while (world.seen('ECS Task State Change').filter(({ detail }) => detail['lastStatus'] === 'PENDING').length < 2) world.pass(1);
    const digest = world.push('late', 'healthy', 'first');
    world.pass(300);
    expect(service.revisions[0]?.digests.get('app')).toBe(digest);
  });

  it('fails the deployment where it could not be resolved three times and a circuit breaker watches, whatever its threshold', () => {
    const world = new EcsWorld();
    const thresholdConfiguration = { type: 'COUNT', value: 50 };
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration } };
    const service = world.settled(world.revision('v1'), { desiredCount: 1, deploymentConfiguration });
    world.update(world.define(`${uri}:never`));
    world.pass(900);
    expect(
      world
        .rollouts()
        .slice(-3)
        .map((turn) => turn.split(' ')[0]),
    ).toEqual(['FAILED', 'IN_PROGRESS', 'COMPLETED']);
    expect(service.deployments).toMatchObject([{ definition: { revision: 1 } }]);
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
