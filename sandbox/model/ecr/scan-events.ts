import { digestOf } from './manifest.ts';
import type { Severity, SeverityCounts } from './findings.ts';
import type { EmittedEvent } from './image-actions.ts';
import type { Image, Repository } from './repository.ts';
import type { ScanFrequency } from './scanning-rules.ts';

/** `ECR Image Scan`: a basic scan ended. Severities without findings are left out, and a failed scan has no counts. */
export function scanned(repository: Repository, image: Image, status: 'COMPLETE' | 'FAILED', counts: SeverityCounts): EmittedEvent {
  const detail = {
    'scan-status': status,
    'repository-name': repository.name,
    ...(status === 'COMPLETE' ? { 'finding-severity-counts': { ...counts } } : {}),
    'image-digest': image.manifest.digest,
    'image-tags': [...image.tags],
  };
  return { source: 'aws.ecr', 'detail-type': 'ECR Image Scan', resources: [repository.arn], detail };
}

/** `ECR Scan Resource Change`: repositories are scanned at another frequency from now on. */
export function frequencyChanged(changes: { repository: Repository; before: ScanFrequency; after: ScanFrequency }[]): EmittedEvent {
  const detail = {
    'action-type': 'SCAN_FREQUENCY_CHANGE',
    repositories: changes.map(({ repository, before, after }) => ({
      'repository-name': repository.name,
      'repository-arn': repository.arn,
      'scan-frequency': after,
      'previous-scan-frequency': before,
    })),
    'resource-type': 'REPOSITORY',
    'scan-type': 'ENHANCED',
  };
  const resources = changes.map(({ repository }) => repository.arn);
  return { source: 'aws.ecr', 'detail-type': 'ECR Scan Resource Change', resources, detail };
}

/** `Inspector2 Scan`: the initial enhanced scan ended. The repository is told by its ARN, and the lower severities by the total alone. */
export function initiallyScanned(repository: Repository, image: Image, counts: SeverityCounts): EmittedEvent {
  const { CRITICAL, HIGH, MEDIUM } = counts;
  const told = Object.entries({ CRITICAL, HIGH, MEDIUM }).filter(([, count]) => count !== undefined);
  const TOTAL = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const detail = {
    'scan-status': 'INITIAL_SCAN_COMPLETE',
    'repository-name': repository.arn,
    'finding-severity-counts': { ...Object.fromEntries(told), TOTAL },
    'image-digest': image.manifest.digest,
    'image-tags': [...image.tags],
    version: '1.0',
  };
  return { source: 'aws.inspector2', 'detail-type': 'Inspector2 Scan', resources: [repository.arn], detail };
}

/** A finding as Inspector tells it, of which each has an id that stays. */
export function findingOf(repository: Repository, image: Image, { severity, number }: { severity: Severity; number: number }) {
  const id = digestOf(`${repository.arn}/${image.manifest.digest}/${severity}/${number}`).slice(7);
  const vulnerabilityId = `CVE-2026-${String(10_000 + (parseInt(id.slice(0, 8), 16) % 80_000))}`;
  const [, , , region = '', account = ''] = repository.arn.split(':');
  const arn = `arn:aws:inspector2:${region}:${account}:finding/${id.slice(0, 32)}`;
  return { arn, severity, vulnerabilityId, packageName: `library-${id.slice(0, 6)}` };
}

/** `Inspector2 Finding`: one of what may be hundreds. Its instants are no ISO texts. */
export function found(repository: Repository, image: Image, finding: ReturnType<typeof findingOf>, atMs: number): EmittedEvent {
  const [, , , region = ''] = repository.arn.split(':');
  const arn = `${repository.arn}/${image.manifest.digest}`;
  const { vulnerabilityId, packageName, severity } = finding;
  const at = inspectorTime(atMs);
  const imageTags = [...image.tags];
  const seen = { registry: repository.registryId, repositoryName: repository.name, imageTags, pushedAt: inspectorTime(image.pushedAtMs) };
  const detail = {
    awsAccountId: repository.registryId,
    findingArn: finding.arn,
    title: `${vulnerabilityId} - ${packageName}`,
    description: `A vulnerability of severity ${severity} in ${packageName}.`,
    severity,
    status: 'ACTIVE',
    type: 'PACKAGE_VULNERABILITY',
    firstObservedAt: at,
    lastObservedAt: at,
    updatedAt: at,
    fixAvailable: 'YES',
    exploitAvailable: 'NO',
    packageVulnerabilityDetails: {
      vulnerabilityId,
      source: 'DEBIAN_CVE',
      cvss: [],
      vulnerablePackages: [{ name: packageName, version: '1.0.0', fixedInVersion: '1.0.1', packageManager: 'OS' }],
    },
    remediation: { recommendation: { text: 'None Provided' } },
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: arn,
        partition: 'aws',
        region,
        details: { awsEcrContainerImage: { ...seen, imageHash: image.manifest.digest, architecture: 'amd64', platform: 'DEBIAN_13' } },
      },
    ],
  };
  return { source: 'aws.inspector2', 'detail-type': 'Inspector2 Finding', resources: [arn], detail };
}

/** `Fri Nov 20 09:15:38.211 UTC 2026` */
function inspectorTime(ms: number): string {
  const [day = '', date, month, year, time] = new Date(ms).toUTCString().split(' ');
  return `${day.replace(',', '')} ${month} ${date} ${time}.${String(ms % 1000).padStart(3, '0')} UTC ${year}`;
}
