import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandInput,
  type DescribeImageScanFindingsCommandOutput,
  type EnhancedImageScanFinding,
  type ImageScanFinding,
} from '@aws-sdk/client-ecr';
import type { Digest, RepositoryName } from '../domain/image.ts';
import type { ImageScan, ScanFinding } from '../domain/scan.ts';
import { MissingError, RefusedError } from '../errors.ts';
import type { Scans } from '../ports/scans.ts';
import { calling } from './aws-errors.ts';
import { addressOf } from './ecr-address.ts';
import type { EcrClients } from './ecr-client.ts';
import { present } from './present.ts';

/** Pages of findings that are read of one image at most; what is on no page that was read is allowed by nobody. */
const pagesMost = 5;
const findingsOnPage = 1000;

/** Scans of ECR, basic and enhanced. */
export function ecrScans(clientFor: EcrClients): Scans {
  return {
    latest: (repository, digest, single) =>
      single ? allPages(clientFor, repository, digest) : firstPage(clientFor, repository, digest, 1),
    onPush: (repository) => isScannedOnPush(clientFor, repository),
  };
}

async function firstPage(clientFor: EcrClients, repository: RepositoryName, digest: Digest, maxResults: number): Promise<ImageScan> {
  return scanOf(digest, await page(clientFor, repository, digest, { maxResults }));
}

async function allPages(clientFor: EcrClients, repository: RepositoryName, digest: Digest): Promise<ImageScan> {
  const findings: ScanFinding[] = [];
  let next: string | undefined;
  for (let number = 1; ; number += 1) {
    const answer = await page(clientFor, repository, digest, { maxResults: findingsOnPage, ...present({ nextToken: next }) });
    const { findings: basic = [], enhancedFindings = [] } = (answer === 'none' ? undefined : answer.imageScanFindings) ?? {};
    findings.push(...basic.map(ofBasic), ...enhancedFindings.flatMap(ofEnhanced));
    next = answer === 'none' ? undefined : answer.nextToken;
    if (next === undefined || number === pagesMost) return { ...scanOf(digest, answer), findings };
  }
}

/** One page of what the latest scan found; `none` where there is no scan of that digest. */
async function page(
  clientFor: EcrClients,
  repository: RepositoryName,
  imageDigest: Digest,
  query: Pick<DescribeImageScanFindingsCommandInput, 'maxResults' | 'nextToken'>,
): Promise<DescribeImageScanFindingsCommandOutput | 'none'> {
  const { region, ...address } = addressOf(repository);
  const command = new DescribeImageScanFindingsCommand({ ...address, imageId: { imageDigest }, ...query });
  try {
    return await calling(`read the scan of ${repository}@${imageDigest}`, () => clientFor(region).send(command));
  } catch (error) {
    if (error instanceof MissingError && error.what === 'image') return 'none';
    if (error instanceof RefusedError && error.code === 'ScanNotFoundException') return 'none';
    throw error;
  }
}

function scanOf(digest: Digest, answer: DescribeImageScanFindingsCommandOutput | 'none'): ImageScan {
  if (answer === 'none') return { digest, counts: {} };
  const { imageScanStatus, imageScanFindings } = answer;
  return { digest, ...present({ status: imageScanStatus?.status }), counts: { ...imageScanFindings?.findingSeverityCounts } };
}

function ofBasic({ name = '', severity }: ImageScanFinding): ScanFinding {
  return { id: name, severity: severity ?? '' };
}

// What is suppressed or closed is in no count.
function ofEnhanced({ packageVulnerabilityDetails, title, severity, status }: EnhancedImageScanFinding): ScanFinding[] {
  if (status !== undefined && status !== 'ACTIVE') return [];
  return [{ id: packageVulnerabilityDetails?.vulnerabilityId ?? title ?? '', severity: severity ?? '' }];
}

// Only the own registry tells how it scans; of another account's repositories it is assumed, and their results are waited for.
async function isScannedOnPush(clientFor: EcrClients, repository: RepositoryName): Promise<boolean> {
  const { region, registryId, repositoryName } = addressOf(repository);
  if (registryId !== undefined) return true;
  const command = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repositoryName] });
  const { scanningConfigurations = [] } = await calling(`read how ${repository} is scanned`, () => clientFor(region).send(command));
  const [found] = scanningConfigurations;
  return found === undefined || found.scanOnPush === true || (found.scanFrequency ?? 'MANUAL') !== 'MANUAL';
}
