import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { manifestOf } from '../fixtures/ecs-world.ts';
import { indexOf, registry, repositoryName } from '../fixtures/registry.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';

describe('pushing images', () => {
  it('takes the hash of the bytes as the digest', () => {
    const { image } = registry().ecr('PutImage', { repositoryName, imageManifest: '{}' });
    expect(image).toMatchObject({ imageId: { imageDigest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' } });
  });

  it.each<[sample: string, push: (made: ReturnType<typeof registry>) => void]>([
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
    const made = registry();
    push(made);
    const sample = sampleEvent(name);
    const event = made.events.at(-1);
    const digest = event?.detail['image-digest'];
    expect(event).toMatchObject({ 'detail-type': sample['detail-type'], resources: sample['resources'] });
    expect(event?.detail).toEqual({ ...sample.detail, 'image-digest': digest });
  });

  it('moves a tag without a DELETE, and leaves the image before it untagged with its push time', () => {
    const { put, details, pass, events, agenda } = registry();
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
    const { put } = registry(mutability);
    put(tag, 'a');
    expect(refusalOf(() => put(tag, 'b'))).toMatch(refusal);
  });

  it.each<[name: string, push: (made: ReturnType<typeof registry>) => unknown, refusal: RegExp]>([
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
    const made = registry();
    made.put('v1', 'a');
    const told = made.events.length;
    expect(refusalOf(() => push(made))).toMatch(refusal);
    expect(made.events).toHaveLength(told);
  });
});
