import type { FidelityCase } from '../case.ts';
import { aRepository, manifestOf, noEvents, place, push, sha256 } from './fragments.ts';

const repositoryName = '{unique}';
const pushes = { source: ['aws.ecr'], 'detail-type': ['ECR Image Action'] };
const image = (id: Record<string, unknown>) => ({ repositoryName, imageIds: [id] });
const read = (id: Record<string, unknown>, details: Record<string, unknown>) => ({
  call: 'ecr DescribeImages',
  input: image(id),
  answer: { imageDetails: [details] },
});
const action = (type: string, more: Record<string, unknown>) => ({
  resources: [],
  detail: { 'action-type': type, result: 'SUCCESS', 'repository-name': repositoryName, ...more },
});

/** Repositories, pushes and tags, and what the bus tells of them. */
export const ecrImages: FidelityCase[] = [
  {
    name: 'a repository has an ARN and a URI of its registry, and MUTABLE tags',
    sources: ['ecr API_CreateRepository'],
    steps: [
      {
        ...aRepository,
        answer: {
          repository: {
            repositoryArn: `arn:aws:ecr:${place}:repository/{unique}`,
            repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/{unique}',
            imageTagMutability: 'MUTABLE',
            imageScanningConfiguration: { scanOnPush: false },
          },
        },
      },
      {
        ...aRepository,
        refused: { name: 'RepositoryAlreadyExistsException', message: { $matches: "^The repository with name '{unique}' already exists" } },
      },
    ],
  },
  {
    name: 'a repository that is not there fails the whole call',
    sources: ['ecr API_DescribeRepositories'],
    steps: [
      aRepository,
      {
        call: 'ecr DescribeRepositories',
        input: { repositoryNames: [repositoryName, 'none'] },
        refused: {
          name: 'RepositoryNotFoundException',
          message: "The repository with name 'none' does not exist in the registry with id '123456789012'",
        },
      },
    ],
  },
  {
    name: 'a push is told with tag and digest, the repository by its plain name',
    sources: ['ecr ecr-eventbridge'],
    listens: pushes,
    others: { moto: noEvents },
    steps: [aRepository, push('v1', manifestOf('healthy')), { hears: [action('PUSH', { 'image-tag': 'v1', 'image-digest': '{digest}' })] }],
  },
  {
    name: 'a push without tag is told with an empty tag',
    sources: ['seen in events of pushes by digest'],
    listens: pushes,
    others: { moto: noEvents },
    steps: [
      aRepository,
      push(undefined, manifestOf('healthy')),
      { hears: [action('PUSH', { 'image-tag': '', 'image-digest': '{digest}' })] },
    ],
  },
  {
    name: 'a further tag for an image is a push of its own, and the image has both',
    sources: ['ecr image-retag'],
    listens: pushes,
    others: { moto: noEvents },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      push('latest', manifestOf('healthy')),
      read({ imageTag: 'latest' }, { imageDigest: '{digest}', imageTags: { $length: 2 } }),
      { hears: [action('PUSH', { 'image-tag': 'v1' }), action('PUSH', { 'image-tag': 'latest', 'image-digest': '{digest}' })] },
    ],
  },
  {
    name: 'a tag moves to the image pushed last, and the one before has no imageTags at all',
    sources: ['ecr API_PutImage', 'ecr API_ImageDetail'],
    others: { moto: 'Moto forgets the image that a tag moved away from; it stays until it is deleted or expires.' },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy'), 'first'),
      push('v1', manifestOf('healthy', { build: '2' }), 'second'),
      read({ imageTag: 'v1' }, { imageDigest: '{second}' }),
      read({ imageDigest: '{first}' }, { imageTags: { $absent: true } }),
    ],
  },
  {
    name: 'the digest is the hash of the manifest as it was sent',
    sources: ['ecr API_PutImage', 'https://github.com/opencontainers/distribution-spec/blob/main/spec.md'],
    others: { moto: 'Moto hashes the digests of the layers in place of the manifest.' },
    steps: [aRepository, push('v1', manifestOf('healthy')), read({ imageTag: 'v1' }, { imageDigest: sha256(manifestOf('healthy')) })],
  },
  {
    name: 'the same image under the same tag is refused',
    sources: ['ecr API_PutImage'],
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      { ...push('v1', manifestOf('healthy')), refused: { name: 'ImageAlreadyExistsException' } },
    ],
  },
  {
    name: 'an immutable tag does not move',
    sources: ['ecr API_PutImage', 'ecr image-tag-mutability'],
    others: { moto: 'Moto answers ImageAlreadyExistsException; the page has ImageTagAlreadyExistsException for an immutable tag.' },
    steps: [
      { ...aRepository, input: { repositoryName, imageTagMutability: 'IMMUTABLE' } },
      push('v1', manifestOf('healthy')),
      {
        ...push('v1', manifestOf('healthy', { build: '2' })),
        refused: {
          name: 'ImageTagAlreadyExistsException',
          message: { $matches: 'cannot be overwritten because the (tag|repository) is immutable' },
        },
      },
    ],
  },
  {
    name: 'an exclusion lets some tags of an immutable repository move',
    sources: ['ecr API_ImageTagMutabilityExclusionFilter', 'ecr image-tag-mutability'],
    others: {
      moto: 'Moto answers ImageAlreadyExistsException; the page of PutImage has ImageTagAlreadyExistsException for an immutable tag.',
    },
    steps: [
      aRepository,
      {
        call: 'ecr PutImageTagMutability',
        input: {
          repositoryName,
          imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
          imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'main-*' }],
        },
        answer: { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' },
      },
      push('main-1', manifestOf('healthy')),
      push('v1', manifestOf('healthy')),
      push('main-1', manifestOf('healthy', { build: '2' })),
      { ...push('v1', manifestOf('healthy', { build: '3' })), refused: { name: 'ImageTagAlreadyExistsException' } },
    ],
  },
];
