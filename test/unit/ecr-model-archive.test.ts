import { describe, expect, it } from '@jest/globals';
import { awsWorld, refusalOf } from '../fixtures/aws-calls.ts';
import { manifestOf, uri } from '../fixtures/ecs-world.ts';

const repositoryName = 'my-web-app';
const imageId = { imageTag: 'v1' };
const imageManifest = manifestOf('healthy');

/** A repository whose only image is archived. */
function archived() {
  const world = awsWorld();
  world.ecr('CreateRepository', { repositoryName, imageScanningConfiguration: { scanOnPush: true } });
  world.ecr('PutImage', { repositoryName, imageManifest, ...imageId });
  world.pass(60);
  const move = (targetStorageClass: string) => world.ecr('UpdateImageStorageClass', { repositoryName, imageId, targetStorageClass });
  const answer = move('ARCHIVE');
  const listed = (imageStatus?: string): number =>
    (world.ecr('DescribeImages', { repositoryName, ...(imageStatus && { filter: { imageStatus } }) })['imageDetails'] as object[]).length;
  return { ...world, move, answer, listed };
}

describe('an archived image', () => {
  it('cannot be pulled, and is listed only where it is asked for', () => {
    const { answer, ecr, ecrModel, listed } = archived();
    expect(answer).toMatchObject({ imageStatus: 'ARCHIVED', imageId: { imageDigest: expect.stringMatching(/^sha256:/) } });
    expect(ecrModel.behaviour(`${uri}:v1`, 'amd64')).toBeUndefined();
    expect(ecr('BatchGetImage', { repositoryName, imageIds: [imageId] })).toMatchObject({
      images: [],
      failures: [{ failureCode: 'ImageNotFound' }],
    });
    expect([listed(), listed('ACTIVE'), listed('ARCHIVED'), listed('ANY')]).toEqual([0, 0, 1, 1]);
  });

  it('is ACTIVATING for a quarter of an hour when it is restored, and scanned anew then', () => {
    const { move, pass, ecrModel, ecr, listed, events } = archived();
    expect(move('STANDARD')).toMatchObject({ imageStatus: 'ACTIVATING' });
    pass(899);
    expect([listed(), listed('ACTIVATING')]).toEqual([0, 1]);
    expect(ecrModel.behaviour(`${uri}:v1`, 'amd64')).toBeUndefined();
    pass(1);
    expect([listed(), listed('ACTIVATING')]).toEqual([1, 0]);
    expect(ecrModel.behaviour(`${uri}:v1`, 'amd64')).toBeDefined();
    expect(ecr('DescribeImageScanFindings', { repositoryName, imageId })).toMatchObject({ imageScanStatus: { status: 'IN_PROGRESS' } });
    expect(events.filter(({ detail }) => detail['action-type'] === 'UPDATE_STORAGE_CLASS').map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ 'target-storage-class': 'ARCHIVE', 'image-tag': 'v1' }),
      expect.objectContaining({ 'target-storage-class': 'STANDARD', 'last-activated-at': '2026-11-20T09:16:00.000Z' }),
    ]);
  });

  it('is restored at once by a push of the same image', () => {
    const { ecr, listed } = archived();
    ecr('PutImage', { repositoryName, imageManifest, ...imageId });
    expect(listed()).toBe(1);
    expect(refusalOf(() => ecr('PutImage', { repositoryName, imageManifest, ...imageId }))).toMatch(/^ImageAlreadyExistsException: /);
  });

  it('is restored once, though it is pushed again while it is restored', () => {
    const { move, pass, ecr, listed, events } = archived();
    move('STANDARD');
    ecr('PutImage', { repositoryName, imageManifest, imageTag: 'v2' });
    expect(listed()).toBe(1);
    const told = events.length;
    pass(900);
    expect(events).toHaveLength(told);
  });

  it('is not archived twice, nor restored twice', () => {
    const { move, pass } = archived();
    expect(refusalOf(() => move('ARCHIVE'))).toMatch(/^ImageStorageClassUpdateNotSupportedException: /);
    move('STANDARD');
    pass(900);
    expect(refusalOf(() => move('STANDARD'))).toMatch(/^ImageStorageClassUpdateNotSupportedException: /);
  });

  it('stays gone when it is deleted while it is restored', () => {
    const { move, pass, ecr, listed, events } = archived();
    move('STANDARD');
    ecr('BatchDeleteImage', { repositoryName, imageIds: [imageId] });
    const told = events.length;
    pass(900);
    expect(listed('ANY')).toBe(0);
    expect(events).toHaveLength(told);
  });
});
