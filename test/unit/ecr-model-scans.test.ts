import { describe, expect, it } from '@jest/globals';
import { awsWorld, refusalOf } from '../fixtures/aws-calls.ts';
import { digestOf } from '../../sandbox/model/ecr/manifest.ts';
import { manifestOf } from '../fixtures/ecs-world.ts';

const repositoryName = 'my-web-app';
const imageId = { imageTag: 'v1' };
const index = 'application/vnd.oci.image.index.v1+json';

/** A repository that is scanned on push, unless told otherwise. */
function scanning(scanOnPush = true) {
  const world = awsWorld();
  world.ecr('CreateRepository', { repositoryName, imageScanningConfiguration: { scanOnPush } });
  const push = (findings?: string, tag = 'v1'): void => {
    const note = findings === undefined ? '' : `"autopilot.sandbox/findings":"${findings}",`;
    world.ecr('PutImage', {
      repositoryName,
      imageTag: tag,
      imageManifest: manifestOf('healthy', tag).replace('"annotations":{', `"annotations":{${note}`),
    });
  };
  const enhance = (scanFrequency = 'SCAN_ON_PUSH', filter = '*') =>
    world.ecr('PutRegistryScanningConfiguration', {
      scanType: 'ENHANCED',
      rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' }] }],
    });
  const findings = (more: object = {}) => world.ecr('DescribeImageScanFindings', { repositoryName, imageId, ...more });
  const status = (): unknown => (findings()['imageScanStatus'] as Record<string, unknown>)['status'];
  const seen = (type: string) => world.events.filter((event) => event['detail-type'] === type);
  return { ...world, push, enhance, findings, status, seen };
}

const names = (answer: Record<string, unknown>): unknown[] =>
  (answer['imageScanFindings'] as { findings: { name: string }[] }).findings.map(({ name }) => name);

describe('basic scans', () => {
  it.each<[findings: string | undefined, status: string, told: unknown[]]>([
    [undefined, 'COMPLETE', [{ 'scan-status': 'COMPLETE', 'finding-severity-counts': {} }]],
    ['MEDIUM=3', 'COMPLETE', [{ 'scan-status': 'COMPLETE', 'finding-severity-counts': { MEDIUM: 3 } }]],
    ['HIGH=0', 'COMPLETE', [{ 'scan-status': 'COMPLETE', 'finding-severity-counts': {} }]],
    ['FAILED', 'FAILED', [{ 'scan-status': 'FAILED' }]],
    ['SERIOUS=1', 'FAILED', [{ 'scan-status': 'FAILED' }]],
    ['UNSUPPORTED_IMAGE', 'UNSUPPORTED_IMAGE', []],
    ['IN_PROGRESS', 'IN_PROGRESS', []],
    ['FINDINGS_UNAVAILABLE', 'FINDINGS_UNAVAILABLE', []],
  ])('of an image with the note %s ends as %s', (note, status, told) => {
    const world = scanning();
    world.push(note);
    world.pass(60);
    expect(world.status()).toBe(status);
    expect(world.seen('ECR Image Scan').map(({ detail }) => detail)).toEqual(
      told.map((detail) => expect.objectContaining(detail as object)),
    );
  });

  it('begin by hand again a day after the last one, and not a second before', () => {
    const world = scanning();
    world.push();
    const again = (): string => refusalOf(() => world.ecr('StartImageScan', { repositoryName, imageId }));
    world.pass(86_399);
    expect(again()).toMatch(/^LimitExceededException: /);
    world.pass(1);
    expect(again()).toBe('none');
  });

  it('read the note from the label in the config as well', () => {
    const world = scanning(false);
    const config = JSON.stringify({ config: { Labels: { 'autopilot.sandbox/findings': 'CRITICAL=2' } } });
    const { uploadId } = world.ecr('InitiateLayerUpload', { repositoryName });
    const layerPartBlob = Buffer.from(config).toString('base64');
    world.ecr('UploadLayerPart', { repositoryName, uploadId, partFirstByte: 0, partLastByte: config.length - 1, layerPartBlob });
    const digest = digestOf(config);
    world.ecr('CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digest] });
    const manifest = { schemaVersion: 2, config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 1 }, layers: [] };
    world.ecr('PutImage', { repositoryName, imageTag: 'v1', imageManifest: JSON.stringify(manifest) });
    world.ecr('StartImageScan', { repositoryName, imageId });
    world.pass(60);
    expect(world.findings()['imageScanFindings']).toMatchObject({ findingSeverityCounts: { CRITICAL: 2 } });
  });

  it('tell findings in pages, each finding once', () => {
    const world = scanning();
    world.push('HIGH=3,LOW=2');
    world.pass(60);
    const first = world.findings({ maxResults: 3 });
    const second = world.findings({ maxResults: 3, nextToken: first['nextToken'] });
    expect(new Set([...names(first), ...names(second)]).size).toBe(5);
    expect(second).not.toHaveProperty('nextToken');
  });

  it('are not made of indexes, of signatures, or of archived images', () => {
    const world = scanning();
    const child = world.ecrModel.putImage(repositoryName, { imageManifest: manifestOf('healthy') }).manifest.digest;
    const manifests = [{ digest: child, platform: { os: 'linux', architecture: 'amd64' } }];
    world.ecr('PutImage', {
      repositoryName,
      imageTag: 'v1',
      imageManifest: JSON.stringify({ schemaVersion: 2, mediaType: index, manifests }),
    });
    const signature = { schemaVersion: 2, config: { mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' }, layers: [] };
    world.ecr('PutImage', { repositoryName, imageTag: 'signature', imageManifest: JSON.stringify(signature) });
    world.pass(60);
    expect(world.seen('ECR Image Scan').map(({ detail }) => detail['image-digest'])).toEqual([child]);
    const start = (id: object): string => refusalOf(() => world.ecr('StartImageScan', { repositoryName, imageId: id }));
    expect(start(imageId)).toMatch(/^UnsupportedImageTypeException: /);
    expect(start({ imageTag: 'signature' })).toMatch(/^UnsupportedImageTypeException: /);
    world.pass(86_400);
    world.ecrModel.setImageStatus(repositoryName, { imageDigest: child }, 'ARCHIVED');
    expect(start({ imageDigest: child })).toMatch(/^ImageArchivedException: /);
  });
});

describe('enhanced scans', () => {
  it('are PENDING, then ACTIVE, and tell each finding beside the scan itself', () => {
    const world = scanning(false);
    world.enhance();
    world.push('CRITICAL=1,LOW=1');
    expect(world.status()).toBe('PENDING');
    world.pass(240);
    expect(world.status()).toBe('ACTIVE');
    expect(world.seen('Inspector2 Scan')).toMatchObject([{ detail: { 'finding-severity-counts': { CRITICAL: 1, TOTAL: 2 } } }]);
    expect(world.seen('Inspector2 Scan')[0]?.detail['finding-severity-counts']).not.toHaveProperty('LOW');
    expect(world.seen('Inspector2 Finding').map(({ detail }) => detail['severity'])).toEqual(['CRITICAL', 'LOW']);
    expect(world.seen('ECR Image Scan')).toEqual([]);
  });

  it('reach images of the last fourteen days when they are turned on, and tell which repositories changed', () => {
    const world = scanning(false);
    world.push(undefined, 'old');
    world.pass(1);
    world.push();
    world.pass(14 * 86_400);
    world.enhance('CONTINUOUS_SCAN');
    expect(world.seen('ECR Scan Resource Change')).toMatchObject([
      { detail: { repositories: [{ 'scan-frequency': 'CONTINUOUS_SCAN', 'previous-scan-frequency': 'MANUAL' }] } },
    ]);
    world.pass(240);
    expect(world.status()).toBe('ACTIVE');
    expect(world.findings({ imageId: { imageTag: 'old' } })['imageScanStatus']).toMatchObject({ status: 'SCAN_ELIGIBILITY_EXPIRED' });
  });

  it('leave out repositories that no rule names', () => {
    const world = scanning();
    world.enhance('SCAN_ON_PUSH', 'other-*');
    world.push();
    expect(refusalOf(world.findings)).toMatch(/^ScanNotFoundException: /);
  });

  it('learn of more later, by findings alone', () => {
    const world = scanning(false);
    world.enhance();
    world.push('HIGH=1');
    world.pass(240);
    const { repository, image } = world.ecrModel.image(repositoryName, imageId);
    world.ecrModel.scans.discover(repository, image, { HIGH: 1, CRITICAL: 1 });
    expect(world.seen('Inspector2 Scan')).toHaveLength(1);
    const told = world.seen('Inspector2 Finding').map(({ detail }) => detail['findingArn']);
    expect(new Set(told).size).toBe(3);
    expect(world.findings()['imageScanFindings']).toMatchObject({ findingSeverityCounts: { HIGH: 2, CRITICAL: 1 } });
  });

  it.each(['FINDINGS_UNAVAILABLE', 'LIMIT_EXCEEDED', 'SCAN_ELIGIBILITY_EXPIRED', 'FAILED'] as const)('are %s on demand', (wanted) => {
    const world = scanning(false);
    world.enhance();
    world.push();
    world.pass(240);
    world.ecrModel.scans.setStatus(world.ecrModel.image(repositoryName, imageId).image, wanted);
    expect(world.status()).toBe(wanted);
  });

  it('tell of an archived image that it is archived', () => {
    const world = scanning(false);
    world.enhance();
    world.push();
    world.pass(240);
    world.ecrModel.setImageStatus(repositoryName, imageId, 'ARCHIVED');
    expect(world.status()).toBe('IMAGE_ARCHIVED');
  });
});

const rule = (scanFrequency: string, filter: string) => ({ scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' }] });

describe('the configuration of scans', () => {
  it('lets continuous scanning win over scanning on push', () => {
    const { ecr } = scanning(false);
    ecr('PutRegistryScanningConfiguration', { scanType: 'ENHANCED', rules: [rule('SCAN_ON_PUSH', '*'), rule('CONTINUOUS_SCAN', 'my-*')] });
    expect(ecr('BatchGetRepositoryScanningConfiguration', { repositoryNames: [repositoryName] })['scanningConfigurations']).toMatchObject([
      { scanFrequency: 'CONTINUOUS_SCAN', scanOnPush: true, appliedScanFilters: [{ filter: 'my-*' }] },
    ]);
  });

  it('is asked for 25 repositories at once, and not for 26', () => {
    const { ecr } = scanning();
    const ask = (count: number) => () =>
      ecr('BatchGetRepositoryScanningConfiguration', { repositoryNames: Array.from({ length: count }, (_, i) => `r${i}`) });
    expect(ask(25)()['failures']).toHaveLength(25);
    expect(refusalOf(ask(26))).toMatch(/^InvalidParameterException: /);
  });

  it('has no continuous scans of the basic type', () => {
    const { ecr } = scanning();
    const rules = [{ scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }];
    expect(refusalOf(() => ecr('PutRegistryScanningConfiguration', { scanType: 'BASIC', rules }))).toMatch(/^ValidationException: /);
  });
});
