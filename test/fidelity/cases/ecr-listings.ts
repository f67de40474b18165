import type { FidelityCase } from '../case.ts';
import { aRepository, indexOf, manifestOf, noEvents, push } from './fragments.ts';

const repositoryName = '{unique}';
const nowhere = `sha256:${'1'.repeat(64)}`;
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

/** Images as they are read, listed and deleted. */
export const ecrListings: FidelityCase[] = [
  {
    name: 'an image that is not there is an error of DescribeImages and a failure of BatchGetImage',
    sources: ['ecr API_DescribeImages', 'ecr API_BatchGetImage', 'ecr API_ImageFailure'],
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      { call: 'ecr DescribeImages', input: image({ imageTag: 'v2' }), refused: { name: 'ImageNotFoundException' } },
      {
        call: 'ecr BatchGetImage',
        input: { repositoryName, imageIds: [{ imageTag: 'v1' }, { imageDigest: nowhere }] },
        answer: {
          images: [{ imageId: { imageTag: 'v1', imageDigest: '{digest}' }, imageManifest: { $any: 'string' } }],
          failures: [{ failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }],
        },
      },
    ],
  },
  {
    name: 'images by id come in one page',
    sources: ['ecr API_DescribeImages'],
    others: { moto: 'Moto does not look at maxResults; the page says that it cannot be used with imageIds.' },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      {
        call: 'ecr DescribeImages',
        input: { ...image({ imageTag: 'v1' }), maxResults: 5 },
        refused: { name: 'InvalidParameterException' },
      },
    ],
  },
  {
    name: 'a listing has one line for each tag, and pages',
    sources: ['ecr API_ListImages'],
    others: { moto: 'Moto answers all images at once.' },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      push('latest', manifestOf('healthy')),
      push(undefined, manifestOf('healthy', { build: '2' })),
      { call: 'ecr ListImages', input: { repositoryName }, answer: { imageIds: { $length: 3 } } },
      {
        call: 'ecr ListImages',
        input: { repositoryName, maxResults: 2 },
        answer: { imageIds: { $length: 2 }, nextToken: { $any: 'string' } },
        save: { token: 'nextToken' },
      },
      { call: 'ecr ListImages', input: { repositoryName, maxResults: 2, nextToken: '{token}' }, answer: { imageIds: { $length: 1 } } },
      { call: 'ecr ListImages', input: { repositoryName, maxResults: 1001 }, refused: { name: 'InvalidParameterException' } },
    ],
  },
  {
    name: 'untagged images are listed by the filter UNTAGGED',
    sources: ['ecr API_ListImages'],
    others: { moto: 'Moto does not look at the filter.' },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      push(undefined, manifestOf('healthy', { build: '2' }), 'bare'),
      {
        call: 'ecr ListImages',
        input: { repositoryName, filter: { tagStatus: 'UNTAGGED' } },
        answer: { imageIds: [{ imageDigest: '{bare}', imageTag: { $absent: true } }] },
      },
    ],
  },
  {
    name: 'deleting by one of two tags leaves the image, deleting by digest takes it with all its tags',
    sources: ['ecr API_BatchDeleteImage'],
    listens: pushes,
    others: { moto: noEvents },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      push('latest', manifestOf('healthy')),
      {
        call: 'ecr BatchDeleteImage',
        input: image({ imageTag: 'v1' }),
        answer: { imageIds: [{ imageTag: 'v1', imageDigest: '{digest}' }], failures: [] },
      },
      read({ imageDigest: '{digest}' }, { imageTags: ['latest'] }),
      { call: 'ecr BatchDeleteImage', input: image({ imageDigest: '{digest}' }), answer: { failures: [] } },
      { call: 'ecr DescribeImages', input: image({ imageTag: 'latest' }), refused: { name: 'ImageNotFoundException' } },
      { hears: [action('DELETE', { 'image-tag': 'v1', 'image-digest': '{digest}' }), action('DELETE', { 'image-digest': '{digest}' })] },
    ],
  },
  {
    name: 'an index wants its images to be there, and keeps them from deletion',
    sources: ['ecr API_PutImage', 'ecr API_ImageFailure', 'ecr docker-push-multi-architecture-image'],
    others: { moto: 'Moto does not look into an index.' },
    steps: [
      aRepository,
      { ...push('v1', indexOf(nowhere)), refused: { name: 'ReferencedImagesNotFoundException' } },
      push(undefined, manifestOf('healthy'), 'child'),
      push('v1', indexOf('{child}'), 'index'),
      {
        call: 'ecr BatchDeleteImage',
        input: image({ imageDigest: '{child}' }),
        answer: { imageIds: [], failures: [{ failureCode: 'ImageReferencedByManifestList' }] },
      },
    ],
  },
  {
    name: 'a token of authorization is user AWS and a password, for twelve hours',
    sources: ['ecr API_GetAuthorizationToken', 'ecr API_AuthorizationData'],
    steps: [
      {
        call: 'ecr GetAuthorizationToken',
        answer: {
          authorizationData: [
            {
              authorizationToken: { $matches: '^QVdT' },
              expiresAt: { $any: 'instant' },
              proxyEndpoint: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com',
            },
          ],
        },
      },
    ],
  },
];
