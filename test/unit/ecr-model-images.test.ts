import { describe, expect, it } from '@jest/globals';
import { awsWorld, refusalOf } from '../fixtures/aws-calls.ts';
import { manifestOf } from '../fixtures/ecs-world.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';

const repositoryName = 'my-web-app';

function world(mutability: object = {}) {
  const made = awsWorld();
  made.ecr('CreateRepository', { repositoryName, ...mutability });
  const put = (imageTag: string | undefined, salt: string, extra: object = {}): string => {
    const { image } = made.ecr('PutImage', { repositoryName, imageTag, imageManifest: manifestOf('healthy', salt), ...extra });
    return (image as { imageId: { imageDigest: string } }).imageId.imageDigest;
  };
  const details = (input: object = {}) =>
    made.ecr('DescribeImages', { repositoryName, ...input })['imageDetails'] as Record<string, unknown>[];
  return { ...made, put, details };
}

/** An index over platform manifests that are pushed before it. */
function indexOf(...digests: string[]): string {
  const manifests = digests.map((digest, i) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest,
    size: 2,
    platform: { os: 'linux', architecture: ['amd64', 'arm64'][i] },
  }));
  return JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests });
}

describe('pushing images', () => {
  it('takes the hash of the bytes as the digest', () => {
    const { image } = world().ecr('PutImage', { repositoryName, imageManifest: '{}' });
    expect(image).toMatchObject({ imageId: { imageDigest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' } });
  });

  it.each<[sample: string, push: (made: ReturnType<typeof world>) => void]>([
    ['ecr-push-tagged', ({ put }) => put('v1.42.0', 'a')],
    ['ecr-push-untagged-child', ({ put }) => put(undefined, 'a')],
    [
      'ecr-push-index-tagged',
      ({ ecr, put }) => ecr('PutImage', { repositoryName, imageTag: 'v1.43.0', imageManifest: indexOf(put(undefined, 'a')) }),
    ],
    [
      'ecr-delete',
      ({ ecr, put }) => (put('v1.30.0', 'a'), ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageTag: 'v1.30.0' }] })),
    ],
    [
      'ecr-replication',
      ({ ecrModel }) =>
        ecrModel.receiveReplica(
          repositoryName,
          { imageTag: 'v1.42.0', imageManifest: manifestOf('healthy') },
          { account: '123456789012', region: 'us-east-1' },
        ),
    ],
  ])('tells the bus as in the sample %s', (name, push) => {
    const made = world();
    push(made);
    const sample = sampleEvent(name);
    const event = made.events.at(-1);
    const digest = event?.detail['image-digest'];
    expect(event).toMatchObject({ 'detail-type': sample['detail-type'], resources: sample['resources'] });
    expect(event?.detail).toEqual({ ...sample.detail, 'image-digest': digest });
  });

  it('moves a tag without a DELETE, and leaves the image before it untagged with its push time', () => {
    const { put, details, pass, events, agenda } = world();
    const old = put('latest', 'old');
    const firstAt = agenda.now().getTime() / 1000;
    pass(60);
    const moved = put('latest', 'new');
    pass(60);
    put('v1', 'old');
    const byDigest = new Map(details().map((detail) => [detail['imageDigest'], detail]));
    expect(byDigest.get(moved)).toMatchObject({ imageTags: ['latest'], imagePushedAt: firstAt + 60 });
    expect(byDigest.get(old)).toMatchObject({ imageTags: ['v1'], imagePushedAt: firstAt });
    expect(events.map(({ detail }) => [detail['action-type'], detail['image-tag']])).toEqual([
      ['PUSH', 'latest'],
      ['PUSH', 'latest'],
      ['PUSH', 'v1'],
    ]);
  });

  it.each<[name: string, mutability: object, tag: string, refusal: RegExp]>([
    ['lets a mutable tag move', {}, 'latest', /^none$/],
    ['keeps an immutable tag', { imageTagMutability: 'IMMUTABLE' }, 'latest', /^ImageTagAlreadyExistsException: .*'latest'.*immutable/],
    [
      'lets an excluded tag move',
      { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'la*t' }] },
      'latest',
      /^none$/,
    ],
    [
      'keeps a tag that is not excluded',
      { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }] },
      'latest',
      /^ImageTagAlreadyExistsException/,
    ],
    [
      'keeps an excluded tag of a mutable repository',
      { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }] },
      'v1',
      /^ImageTagAlreadyExistsException/,
    ],
  ])('%s', (_, mutability, tag, refusal) => {
    const { put } = world(mutability);
    put(tag, 'a');
    expect(refusalOf(() => put(tag, 'b'))).toMatch(refusal);
  });

  it.each<[name: string, push: (made: ReturnType<typeof world>) => unknown, refusal: RegExp]>([
    ['the same image under the same tag', ({ put }) => put('v1', 'a'), /^ImageAlreadyExistsException: .*tag 'v1'/],
    ['the same image without a tag', ({ put }) => put(undefined, 'a'), /^ImageAlreadyExistsException/],
    [
      'a digest that is not of the bytes',
      ({ put }) => put('v2', 'b', { imageDigest: `sha256:${'0'.repeat(64)}` }),
      /^ImageDigestDoesNotMatchException/,
    ],
    [
      'an index whose parts are missing',
      ({ ecr }) => ecr('PutImage', { repositoryName, imageManifest: indexOf(`sha256:${'1'.repeat(64)}`) }),
      /^ReferencedImagesNotFoundException: .*sha256:1111/,
    ],
    ['what is no JSON', ({ ecr }) => ecr('PutImage', { repositoryName, imageManifest: '{' }), /^InvalidParameterException/],
    [
      'an unknown repository',
      ({ ecr }) => ecr('PutImage', { repositoryName: 'none', imageManifest: '{}' }),
      /^RepositoryNotFoundException: The repository with name 'none' does not exist in the registry with id '123456789012'$/,
    ],
    ['a second repository of the name', ({ ecr }) => ecr('CreateRepository', { repositoryName }), /^RepositoryAlreadyExistsException/],
  ])('refuses %s', (_, push, refusal) => {
    const made = world();
    made.put('v1', 'a');
    const told = made.events.length;
    expect(refusalOf(() => push(made))).toMatch(refusal);
    expect(made.events).toHaveLength(told);
  });
});

describe('reading images', () => {
  it('describes each digest once, with all its tags, and no tags where it has none', () => {
    const { put, details } = world();
    const digest = put('v1', 'a');
    put('latest', 'a');
    put(undefined, 'b');
    expect(details()).toHaveLength(2);
    expect(details({ imageIds: [{ imageTag: 'v1' }, { imageTag: 'latest' }] })).toMatchObject([
      { imageDigest: digest, imageTags: ['v1', 'latest'] },
    ]);
    expect(details({ filter: { tagStatus: 'UNTAGGED' } })).toEqual([expect.not.objectContaining({ imageTags: expect.anything() })]);
    expect(details({ filter: { tagStatus: 'TAGGED' } })).toHaveLength(1);
  });

  it('pages in an order that tells nothing of time', () => {
    const { put, ecr } = world();
    const pushed = Array.from({ length: 250 }, (_, i) => put(`v${i}`, String(i)));
    const first = ecr('DescribeImages', { repositoryName });
    const rest = ecr('DescribeImages', { repositoryName, nextToken: first['nextToken'], maxResults: 1000 });
    const listed = [first, rest].flatMap(({ imageDetails }) =>
      (imageDetails as { imageDigest: string }[]).map(({ imageDigest }) => imageDigest),
    );
    expect(first['imageDetails']).toHaveLength(100);
    expect(rest).not.toHaveProperty('nextToken');
    expect(listed).not.toEqual(pushed);
    expect(listed.toSorted()).toEqual(pushed.toSorted());
  });

  it('leaves an archived image out, unless it is asked for', () => {
    const { put, details, ecr, ecrModel } = world();
    const imageDigest = put('v1', 'a');
    ecrModel.setImageStatus(repositoryName, { imageDigest }, 'ARCHIVED');
    expect(details()).toEqual([]);
    expect(refusalOf(() => ecr('DescribeImages', { repositoryName, imageIds: [{ imageDigest }] }))).toMatch(/^ImageNotFoundException/);
    expect(details({ imageIds: [{ imageDigest }], filter: { imageStatus: 'ANY' } })).toMatchObject([{ imageStatus: 'ARCHIVED' }]);
  });

  it.each<[name: string, input: object, refusal: RegExp]>([
    [
      'a tag that no image has',
      { imageIds: [{ imageTag: 'none' }] },
      /^ImageNotFoundException: The image with imageId \{imageDigest:'null', imageTag:'none'\}/,
    ],
    ['101 ids', { imageIds: Array.from({ length: 101 }, () => ({ imageTag: 'v1' })) }, /^InvalidParameterException/],
    ['ids and a page', { imageIds: [{ imageTag: 'v1' }], maxResults: 5 }, /^InvalidParameterException/],
    ['a page of 1,001', { maxResults: 1001 }, /^InvalidParameterException/],
    ['an unknown repository', { repositoryName: 'none' }, /^RepositoryNotFoundException/],
  ])('refuses %s', (_, input, refusal) => {
    const { put, ecr } = world();
    put('v1', 'a');
    expect(refusalOf(() => ecr('DescribeImages', { repositoryName, ...input }))).toMatch(refusal);
  });

  it('gets manifests word for word, with a failure for each id that has none', () => {
    const { put, ecr } = world();
    const imageDigest = put('v1', 'a');
    const other = put('v2', 'b');
    const imageIds = [{ imageDigest }, { imageTag: 'none' }, {}, { imageDigest: 'x' }, { imageDigest: other, imageTag: 'v1' }];
    const { images, failures } = ecr('BatchGetImage', { repositoryName, imageIds });
    expect(images).toMatchObject([
      {
        imageId: { imageDigest },
        imageManifest: manifestOf('healthy', 'a'),
        imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      },
    ]);
    expect((failures as { failureCode: string }[]).map(({ failureCode }) => failureCode)).toEqual([
      'ImageNotFound',
      'MissingDigestAndTag',
      'InvalidImageDigest',
      'ImageTagDoesNotMatchDigest',
    ]);
  });

  it('deletes a tag, and the image with its last tag or by its digest', () => {
    const { put, ecr, details } = world();
    put('v1', 'a');
    const imageDigest = put('latest', 'a');
    const remove = (id: object) => ecr('BatchDeleteImage', { repositoryName, imageIds: [id] });
    remove({ imageTag: 'v1' });
    expect(details()).toMatchObject([{ imageTags: ['latest'] }]);
    expect(remove({ imageDigest })['imageIds']).toEqual([{ imageDigest }]);
    expect(details()).toEqual([]);
    expect(remove({ imageDigest })['failures']).toMatchObject([{ failureCode: 'ImageNotFound' }]);
  });

  it('keeps a platform manifest as long as an index points to it', () => {
    const { put, ecr } = world();
    const imageDigest = put(undefined, 'a');
    ecr('PutImage', { repositoryName, imageTag: 'v1', imageManifest: indexOf(imageDigest) });
    const refused = ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageDigest }] });
    expect(refused['failures']).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }]);
    ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageTag: 'v1' }] });
    expect(ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageDigest }] })['imageIds']).toEqual([{ imageDigest }]);
  });
});

describe('repositories and layers', () => {
  it('describes repositories, all or none of the named ones', () => {
    const { ecr } = world();
    expect(ecr('DescribeRepositories')['repositories']).toMatchObject([
      { repositoryName, repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app' },
    ]);
    expect(refusalOf(() => ecr('DescribeRepositories', { repositoryNames: [repositoryName, 'none'] }))).toMatch(
      /^RepositoryNotFoundException/,
    );
  });

  it('takes a layer in parts under the digest of its bytes', () => {
    const { ecr } = world();
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
