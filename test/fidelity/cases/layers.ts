import { createHash } from 'node:crypto';
import type { CallStep, FidelityCase } from '../case.ts';
import { aRepository, manifestOf, push } from './fragments.ts';

const layerPartBlob = new TextEncoder().encode('a layer');
const layerDigest = `sha256:${createHash('sha256').update(layerPartBlob).digest('hex')}`;
const repositoryName = '{unique}';
const download: CallStep = { call: 'ecr GetDownloadUrlForLayer', input: { repositoryName, layerDigest } };
const upload = { repositoryName, uploadId: '{upload}' };
const lastByte = layerPartBlob.length - 1;
const move = (targetStorageClass: string): CallStep => ({
  call: 'ecr UpdateImageStorageClass',
  input: { repositoryName, imageId: { imageTag: 'v1' }, targetStorageClass },
});
const listed = (imageStatus: string, ...imageDetails: object[]): CallStep => ({
  call: 'ecr DescribeImages',
  input: { repositoryName, filter: { imageStatus } },
  answer: { imageDetails },
});

/** Layers as they are pushed and pulled, and images that are archived. */
export const layers: FidelityCase[] = [
  {
    name: 'a layer is uploaded in parts, and downloaded from an address of its own',
    sources: ['ecr API_UploadLayerPart', 'ecr API_CompleteLayerUpload', 'ecr API_GetDownloadUrlForLayer'],
    others: { moto: 'Moto has no uploads of layers.' },
    steps: [
      aRepository,
      { ...download, refused: { name: 'LayersNotFoundException' } },
      { call: 'ecr InitiateLayerUpload', input: { repositoryName }, save: { upload: 'uploadId' } },
      {
        call: 'ecr UploadLayerPart',
        input: { ...upload, partFirstByte: 0, partLastByte: lastByte, layerPartBlob },
        answer: { repositoryName, uploadId: '{upload}', lastByteReceived: lastByte },
      },
      { call: 'ecr CompleteLayerUpload', input: { ...upload, layerDigests: [layerDigest] }, answer: { layerDigest } },
      { ...download, answer: { layerDigest, downloadUrl: { $matches: '^https?://' } } },
    ],
  },
  {
    name: 'a part of an upload that was never begun is refused',
    sources: ['ecr API_UploadLayerPart'],
    others: { moto: 'Moto has no uploads of layers.' },
    steps: [
      aRepository,
      {
        call: 'ecr UploadLayerPart',
        input: {
          repositoryName,
          uploadId: '00000000-0000-4000-8000-000000000000',
          partFirstByte: 0,
          partLastByte: lastByte,
          layerPartBlob,
        },
        refused: { name: 'UploadNotFoundException' },
      },
    ],
  },
  {
    name: 'an archived image is not pulled, and takes its time to come back',
    sources: ['ecr API_UpdateImageStorageClass', 'ecr API_DescribeImages', 'ecr API_ImageDetail'],
    others: { moto: 'Moto has no archive.' },
    steps: [
      aRepository,
      push('v1', manifestOf('healthy')),
      { ...move('ARCHIVE'), answer: { repositoryName, imageId: { imageTag: 'v1', imageDigest: '{digest}' }, imageStatus: 'ARCHIVED' } },
      listed('ACTIVE'),
      listed('ARCHIVED', { imageDigest: '{digest}', imageStatus: 'ARCHIVED' }),
      {
        call: 'ecr BatchGetImage',
        input: { repositoryName, imageIds: [{ imageTag: 'v1' }] },
        answer: { images: [], failures: [{ imageId: { imageTag: 'v1' } }] },
      },
      { ...move('STANDARD'), answer: { imageStatus: 'ACTIVATING' } },
      { passSeconds: 1200 },
      listed('ACTIVE', { imageDigest: '{digest}', imageStatus: 'ACTIVE' }),
    ],
  },
];
