import type * as sdk from '@aws-sdk/client-ecr';
import { EcrError } from '../model/ecr/errors.ts';
import { singly } from '../model/ecr/findings.ts';
import type { EcrModel } from '../model/ecr/model.ts';
import type { Image, Repository } from '../model/ecr/repository.ts';
import { findingOf } from '../model/ecr/scan-events.ts';
import type { Scan } from '../model/ecr/scans.ts';
import type { Operation } from '../service.ts';
import { ecrPage } from './paging.ts';

/** Scans of images, and what they found. */
export function scanOperations(model: EcrModel) {
  return {
    StartImageScan: (input: sdk.StartImageScanCommandInput) => {
      const { repository, image } = model.image(input.repositoryName ?? '', input.imageId ?? {});
      const { status } = model.scans.start(repository, image);
      return { ...called(repository, input.imageId, image), imageScanStatus: { status } };
    },
    DescribeImageScanFindings: (input: sdk.DescribeImageScanFindingsCommandInput) => {
      const { repository, image } = model.image(input.repositoryName ?? '', input.imageId ?? {});
      const scan = model.scans.latest(image);
      if (scan === undefined) throw scanNotFound(repository, input.imageId);
      const { items, nextToken } = ecrPage(singly(scan.counts), input);
      const findings = items.map((one) => findingOf(repository, image, one));
      return {
        ...called(repository, input.imageId, image),
        imageScanStatus: { status: scan.status, description: descriptions[scan.status] ?? `The scan is ${scan.status}.` },
        ...(scan.completedAtMs === undefined
          ? {}
          : { imageScanFindings: findingsOf(scan, scan.completedAtMs, model.scans.rules.scanType === 'ENHANCED', findings) }),
        nextToken,
      };
    },
  } satisfies Record<string, Operation>;
}

function called({ registryId, name }: Repository, imageId: sdk.ImageIdentifier | undefined, { manifest }: Image) {
  const tag = imageId?.imageTag === undefined ? {} : { imageTag: imageId.imageTag };
  return { registryId, repositoryName: name, imageId: { imageDigest: manifest.digest, ...tag } };
}

const descriptions: Partial<Record<Scan['status'], string>> = {
  COMPLETE: 'The scan was completed successfully.',
  ACTIVE: 'Continuous scan is selected for image.',
  UNSUPPORTED_IMAGE: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
};

type Finding = ReturnType<typeof findingOf>;

/** Basic scans and enhanced ones have findings of different shapes, and the same counts. */
function findingsOf({ counts }: Scan, completedAtMs: number, enhanced: boolean, findings: Finding[]): sdk.ImageScanFindings {
  const found = enhanced ? { enhancedFindings: findings.map(enhancedFinding) } : { findings: findings.map(basicFinding) };
  const at = new Date(completedAtMs);
  return { imageScanCompletedAt: at, vulnerabilitySourceUpdatedAt: at, findingSeverityCounts: { ...counts }, ...found };
}

function basicFinding({ vulnerabilityId, severity, packageName }: Finding): sdk.ImageScanFinding {
  const attributes = [
    { key: 'package_name', value: packageName },
    { key: 'package_version', value: '1.0.0' },
  ];
  return {
    name: vulnerabilityId,
    severity: severity as sdk.FindingSeverity,
    uri: `https://www.cve.org/CVERecord?id=${vulnerabilityId}`,
    attributes,
  };
}

function enhancedFinding({ arn, vulnerabilityId, severity, packageName }: Finding): sdk.EnhancedImageScanFinding {
  return {
    findingArn: arn,
    title: `${vulnerabilityId} - ${packageName}`,
    severity,
    status: 'ACTIVE',
    type: 'PACKAGE_VULNERABILITY',
    packageVulnerabilityDetails: { vulnerabilityId, source: 'DEBIAN_CVE' },
  };
}

function scanNotFound({ name, registryId }: Repository, { imageDigest, imageTag }: sdk.ImageIdentifier = {}): EcrError {
  const id = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
  const where = `in the repository with name '${name}' in the registry with id '${registryId}'`;
  return new EcrError('ScanNotFoundException', `Image scan does not exist for the image with '${id}' ${where}`);
}
