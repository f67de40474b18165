import { describe, expect, it } from '@jest/globals';
import { ecrFault } from '../../sandbox/ecr/faults.ts';
import { EcsWorld, manifestOf } from '../fixtures/ecs-world.ts';

const repository = 'my-web-app';

describe('faults of images that are ordered by name', () => {
  it('set the status of a scan', () => {
    const { ecr } = new EcsWorld();
    const digest = ecr.putImage(repository, { imageTag: 'v1', imageManifest: manifestOf('healthy') }).manifest.digest;
    ecrFault(ecr, { fault: 'scan-status', repository, image: digest, status: 'FINDINGS_UNAVAILABLE' });
    expect(ecr.scans.latest(ecr.image(repository, { imageTag: 'v1' }).image)).toMatchObject({ status: 'FINDINGS_UNAVAILABLE' });
    expect(() => ecrFault(ecr, { fault: 'scan-status', repository, image: 'v1', status: 'LOST' })).toThrow('LOST is no status of a scan');
  });

  it('tell findings that nobody knew before', () => {
    const world = new EcsWorld();
    world.push('v1');
    ecrFault(world.ecr, { fault: 'findings', repository, image: 'v1', findings: 'CRITICAL=1' });
    expect(world.seen('Inspector2 Finding')).toMatchObject([{ detail: { severity: 'CRITICAL', status: 'ACTIVE' } }]);
  });

  it('bring an image from another region, and from another registry', () => {
    const world = new EcsWorld();
    ecrFault(world.ecr, { fault: 'replica', repository, image: 'v2', manifest: manifestOf('healthy', '2') });
    ecrFault(world.ecr, { fault: 'pull-through', repository: 'docker-hub/nginx', image: '1', manifest: manifestOf('healthy', '3') });
    expect(world.seen('ECR Replication Action')).toMatchObject([{ detail: { 'image-tag': 'v2', 'source-region': 'us-east-1' } }]);
    expect(world.seen('ECR Pull Through Cache Action')).toMatchObject([
      { detail: { 'repository-name': 'docker-hub/nginx', 'ecr-repository-prefix': 'docker-hub', 'sync-status': 'SUCCESS' } },
    ]);
    expect(world.seen('ECR Image Action')).toEqual([]);
  });

  it('are told where fault or image are not known', () => {
    const { ecr } = new EcsWorld();
    expect(() => ecrFault(ecr, { fault: 'flood' })).toThrow(/scan-status, findings, replica, pull-through; found flood$/);
    expect(() => ecrFault(ecr, { fault: 'findings', repository, image: 'none', findings: 'HIGH=1' })).toThrow(/imageTag:'none'/);
  });
});
