import type { FidelityCase } from '../case.ts';
import { aRepository, indexOf, manifestOf, push } from './fragments.ts';

const repositoryName = '{unique}';
const findings = { 'autopilot.sandbox/findings': 'CRITICAL=1,HIGH=2' };
const imageId = { imageTag: 'v1' };
const start = { call: 'ecr StartImageScan', input: { repositoryName, imageId } };
const told = { call: 'ecr DescribeImageScanFindings', input: { repositoryName, imageId } };
const scans = { source: ['aws.ecr'], 'detail-type': ['ECR Image Scan'] };
const others = { moto: 'Moto finds the same in every image, at once, and tells no event.' };
const enhanced = {
  call: 'ecr PutRegistryScanningConfiguration',
  input: {
    scanType: 'ENHANCED',
    rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
  },
};
const basic = { call: 'ecr PutRegistryScanningConfiguration', input: { scanType: 'BASIC', rules: [] } };

/** Scans of images: basic, and enhanced by Inspector. */
export const ecrScans: FidelityCase[] = [
  {
    name: 'an image that was not scanned has no findings to tell',
    sources: ['ecr API_DescribeImageScanFindings'],
    steps: [aRepository, push('v1', manifestOf('healthy')), { ...told, refused: { name: 'ScanNotFoundException' } }],
  },
  {
    name: 'a basic scan is IN_PROGRESS, then COMPLETE with the counts of what it found alone, and is told',
    sources: ['ecr API_StartImageScan', 'ecr API_DescribeImageScanFindings', 'ecr ecr-eventbridge'],
    listens: scans,
    others,
    steps: [
      aRepository,
      push('v1', manifestOf('healthy', findings)),
      { ...start, answer: { imageScanStatus: { status: 'IN_PROGRESS' }, imageId: { imageDigest: '{digest}' } } },
      { ...told, answer: { imageScanStatus: { status: 'IN_PROGRESS' } } },
      { passSeconds: 120 },
      {
        ...told,
        answer: {
          imageScanStatus: { status: 'COMPLETE' },
          imageScanFindings: { findingSeverityCounts: { CRITICAL: 1, HIGH: 2, LOW: { $absent: true } }, findings: { $length: 3 } },
        },
      },
      {
        hears: [
          {
            resources: ['arn:aws:ecr:eu-west-1:123456789012:repository/{unique}'],
            detail: {
              'scan-status': 'COMPLETE',
              'repository-name': repositoryName,
              'image-digest': '{digest}',
              'image-tags': ['v1'],
              'finding-severity-counts': { CRITICAL: 1, HIGH: 2, LOW: { $absent: true } },
            },
          },
        ],
      },
    ],
  },
  {
    name: 'an image is scanned once in 24 hours, the scan on push included',
    sources: ['ecr image-scanning-basic', 'ecr API_StartImageScan'],
    others,
    steps: [
      { ...aRepository, input: { repositoryName, imageScanningConfiguration: { scanOnPush: true } } },
      push('v1', manifestOf('healthy')),
      { ...start, refused: { name: 'LimitExceededException' } },
      { passSeconds: 86_400 },
      start,
    ],
  },
  {
    name: 'a scan of what is not there is refused',
    sources: ['ecr API_StartImageScan'],
    steps: [aRepository, { ...start, refused: { name: 'ImageNotFoundException' } }],
  },
  {
    name: 'an index is not scanned, its images are',
    sources: ['ecr API_StartImageScan', 'seen of basic scans of multi-architecture images'],
    others,
    steps: [
      aRepository,
      push(undefined, manifestOf('healthy'), 'child'),
      push('v1', indexOf('{child}')),
      { ...start, refused: { name: 'UnsupportedImageTypeException' } },
      { call: 'ecr StartImageScan', input: { repositoryName, imageId: { imageDigest: '{child}' } } },
    ],
  },
  {
    name: 'under enhanced scanning no scan is started by hand',
    sources: ['ecr API_StartImageScan', 'ecr image-scanning-enhanced'],
    others: { moto: 'Moto keeps the configuration and scans as before.' },
    steps: [enhanced, aRepository, push('v1', manifestOf('healthy')), { ...start, refused: { name: 'ValidationException' } }, basic],
  },
  {
    name: 'an enhanced scan is ACTIVE with findings of its own shape, and Inspector tells the ARN of the repository as its name',
    sources: ['ecr API_DescribeImageScanFindings', 'ecr image-scanning-enhanced-events'],
    listens: { source: ['aws.inspector2'] },
    others,
    steps: [
      enhanced,
      aRepository,
      push('v1', manifestOf('healthy', findings)),
      { passSeconds: 600 },
      {
        ...told,
        answer: {
          imageScanStatus: { status: 'ACTIVE' },
          imageScanFindings: { enhancedFindings: { $length: 3 }, findingSeverityCounts: { CRITICAL: 1, HIGH: 2 } },
        },
      },
      {
        hears: [
          {
            'detail-type': 'Inspector2 Scan',
            detail: {
              'scan-status': 'INITIAL_SCAN_COMPLETE',
              'repository-name': 'arn:aws:ecr:eu-west-1:123456789012:repository/{unique}',
              'image-digest': '{digest}',
              'finding-severity-counts': { CRITICAL: 1, HIGH: 2, TOTAL: 3 },
            },
          },
        ],
      },
      basic,
      { ...told, refused: { name: 'ScanNotFoundException' } },
    ],
  },
  {
    name: 'how repositories are scanned is told by name, and what is not there as a failure',
    sources: ['ecr API_BatchGetRepositoryScanningConfiguration'],
    steps: [
      basic,
      aRepository,
      {
        call: 'ecr BatchGetRepositoryScanningConfiguration',
        input: { repositoryNames: [repositoryName, 'none'] },
        answer: {
          scanningConfigurations: [{ repositoryName, scanOnPush: false, scanFrequency: 'MANUAL', appliedScanFilters: [] }],
          failures: [{ repositoryName: 'none', failureCode: 'REPOSITORY_NOT_FOUND' }],
        },
      },
    ],
  },
  {
    name: 'a registry scans as it was told last',
    sources: ['ecr API_GetRegistryScanningConfiguration'],
    steps: [
      basic,
      { call: 'ecr GetRegistryScanningConfiguration', answer: { scanningConfiguration: { scanType: 'BASIC', rules: [] } } },
      enhanced,
      {
        call: 'ecr GetRegistryScanningConfiguration',
        answer: { scanningConfiguration: { scanType: 'ENHANCED', rules: [{ scanFrequency: 'SCAN_ON_PUSH' }] } },
      },
      basic,
    ],
  },
];
