import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { registry, repositoryName } from '../fixtures/registry.ts';

describe('repositories and layers', () => {
  it('describes repositories, all or none of the named ones', () => {
    const { ecr } = registry();
    expect(ecr('DescribeRepositories')['repositories']).toMatchObject([
      { repositoryName, repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app' },
    ]);
    expect(refusalOf(() => ecr('DescribeRepositories', { repositoryNames: [repositoryName, 'none'] }))).toMatch(
      /^RepositoryNotFoundException/,
    );
  });

  it('takes a layer in parts under the digest of its bytes', () => {
    const { ecr } = registry();
    const layerDigest = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // Of abc.
    const { uploadId } = ecr('InitiateLayerUpload', { repositoryName });
    const part = (from: number, text: string) =>
      ecr('UploadLayerPart', {
        repositoryName,
        uploadId,
        partFirstByte: from,
        partLastByte: from + text.length - 1,
        layerPartBlob: Buffer.from(text).toString('base64'),
      });
    expect(part(0, 'ab')).toMatchObject({ lastByteReceived: 1 });
    expect(refusalOf(() => part(5, 'c'))).toMatch(/^InvalidLayerPartException/);
    part(2, 'c');
    expect(ecr('BatchCheckLayerAvailability', { repositoryName, layerDigests: [layerDigest] })['layers']).toMatchObject([
      { layerAvailability: 'UNAVAILABLE' },
    ]);
    expect(ecr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [layerDigest] })).toMatchObject({ layerDigest });
    expect(ecr('BatchCheckLayerAvailability', { repositoryName, layerDigests: [layerDigest] })['layers']).toMatchObject([
      { layerAvailability: 'AVAILABLE', layerSize: 3 },
    ]);
    expect(ecr('GetDownloadUrlForLayer', { repositoryName, layerDigest })['downloadUrl']).toContain(layerDigest);
  });
});
