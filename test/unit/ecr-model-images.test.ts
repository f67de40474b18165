import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { manifestOf } from '../fixtures/ecs-world.ts';
import { indexOf, registry, repositoryName } from '../fixtures/registry.ts';

describe('reading images', () => {
  it('describes each digest once, with all its tags, and no tags where it has none', () => {
    const { put, details } = registry();
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
    const { put, ecr } = registry();
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
    const { put, details, ecr, ecrModel } = registry();
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
    const { put, ecr } = registry();
    put('v1', 'a');
    expect(refusalOf(() => ecr('DescribeImages', { repositoryName, ...input }))).toMatch(refusal);
  });

  it('gets manifests word for word, with a failure for each id that has none', () => {
    const { put, ecr } = registry();
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
    const { put, ecr, details } = registry();
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
    const { put, ecr } = registry();
    const imageDigest = put(undefined, 'a');
    ecr('PutImage', { repositoryName, imageTag: 'v1', imageManifest: indexOf(imageDigest) });
    const refused = ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageDigest }] });
    expect(refused['failures']).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }]);
    ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageTag: 'v1' }] });
    expect(ecr('BatchDeleteImage', { repositoryName, imageIds: [{ imageDigest }] })['imageIds']).toEqual([{ imageDigest }]);
  });
});
