import { afterEach, describe, expect, it } from '@jest/globals';
import { ecrClients } from '../../lib/adapters/ecr-client.ts';
import { ecrImageContents } from '../../lib/adapters/ecr-image-contents.ts';
import { ecrScans } from '../../lib/adapters/ecr-scans.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const child = `sha256:${'b'.repeat(64)}`;
const elsewhere = '210987654321.dkr.ecr.us-east-1.amazonaws.com/team/my-web-app';

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

/** ECR that answers every call by a function of its operation and input; what it was asked stands in `calls`. */
async function open(answer: (operation: string, input: Record<string, unknown>) => JsonAnswer) {
  const calls: Record<string, unknown>[] = [];
  aws = await startJsonEndpoint(({ operation, text }) => {
    const input = JSON.parse(text) as Record<string, unknown>;
    calls.push({ operation, ...input });
    return answer(operation, input);
  });
  const clients = ecrClients(localOptions(aws.endpoint, { maxAttempts: 1 }));
  return { scans: ecrScans(clients), contents: ecrImageContents(clients), calls };
}

const scanned = (findings: object, nextToken?: string): JsonAnswer => ({
  body: {
    imageScanStatus: { status: 'ACTIVE' },
    imageScanFindings: { findingSeverityCounts: { CRITICAL: 2 }, ...findings },
    ...(nextToken === undefined ? {} : { nextToken }),
  },
});

const enhanced = (vulnerabilityId: string, status: string) => ({
  severity: 'HIGH',
  status,
  packageVulnerabilityDetails: { vulnerabilityId },
});

describe('Scans of ECR', () => {
  it('tell status and counts by one finding, in the account and region of the repository', async () => {
    const { scans, calls } = await open(() => scanned({}));
    expect(await scans.latest(elsewhere, digest, false)).toEqual({ digest, status: 'ACTIVE', counts: { CRITICAL: 2 } });
    expect(calls).toEqual([
      {
        operation: 'DescribeImageScanFindings',
        repositoryName: 'team/my-web-app',
        registryId: '210987654321',
        imageId: { imageDigest: digest },
        maxResults: 1,
      },
    ]);
  });

  it.each(['ScanNotFoundException', 'ImageNotFoundException'])('are none where ECR answers %s', async (name) => {
    const { scans } = await open(() => awsError(name, 'no'));
    expect(await scans.latest('my-web-app', digest, true)).toMatchObject({ digest, counts: {} });
    expect(await scans.latest('my-web-app', digest, false)).not.toHaveProperty('status');
  });

  it('fail where ECR refuses', async () => {
    const { scans } = await open(() => awsError('AccessDeniedException', 'no'));
    await expect(scans.latest('my-web-app', digest, false)).rejects.toThrow('AccessDenied');
  });

  it('tell findings of both kinds one by one, without those that are suppressed', async () => {
    const { scans } = await open((_, { nextToken }) =>
      nextToken === undefined
        ? scanned({ findings: [{ name: 'CVE-2026-1', severity: 'CRITICAL' }] }, 'more')
        : scanned({ enhancedFindings: [enhanced('CVE-2026-2', 'ACTIVE'), enhanced('CVE-2026-3', 'SUPPRESSED')] }),
    );
    expect((await scans.latest('my-web-app', digest, true)).findings).toEqual([
      { id: 'CVE-2026-1', severity: 'CRITICAL' },
      { id: 'CVE-2026-2', severity: 'HIGH' },
    ]);
  });

  it('are read for five pages and no more', async () => {
    const { scans, calls } = await open(() => scanned({}, 'for ever'));
    await scans.latest('my-web-app', digest, true);
    expect(calls).toHaveLength(5);
  });

  it.each<[name: string, answer: object, expected: boolean]>([
    ['on push', { scanOnPush: true, scanFrequency: 'SCAN_ON_PUSH' }, true],
    ['continuously', { scanOnPush: false, scanFrequency: 'CONTINUOUS_SCAN' }, true],
    ['by hand', { scanOnPush: false, scanFrequency: 'MANUAL' }, false],
    ['by nothing that is told', { scanOnPush: false }, false],
  ])('are known to be made %s', async (_name, answer, expected) => {
    const { scans } = await open(() => ({ body: { scanningConfigurations: [answer], failures: [] } }));
    expect(await scans.onPush('my-web-app')).toBe(expected);
  });

  it('are assumed of another account, which does not tell', async () => {
    const { scans, calls } = await open(() => awsError('AccessDeniedException', 'no'));
    expect(await scans.onPush(elsewhere)).toBe(true);
    expect(calls).toEqual([]);
  });
});

const manifest = (document: object): JsonAnswer => ({ body: { images: [{ imageManifest: JSON.stringify(document) }], failures: [] } });

describe('The contents of ECR', () => {
  it('are the platforms of an index, without attestations, and are asked once', async () => {
    const manifests = [
      { digest: child, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      { digest, platform: { os: 'unknown', architecture: 'unknown' } },
    ];
    const { contents, calls } = await open(() => manifest({ manifests }));
    const expected = { kind: 'index', children: [{ digest: child, platform: { os: 'linux', architecture: 'arm64' } }] };
    expect(await contents.read('my-web-app', digest)).toEqual(expected);
    expect(await contents.read('my-web-app', digest)).toEqual(expected);
    expect(calls).toHaveLength(1);
  });

  it('of a single image have no platform where its config cannot be read, and are asked again', async () => {
    const { contents, calls } = await open((operation) =>
      operation === 'BatchGetImage' ? manifest({ config: { digest: child } }) : awsError('LayersNotFoundException', 'no'),
    );
    expect(await contents.read('my-web-app', digest)).toEqual({ kind: 'image' });
    expect(await contents.read('my-web-app', digest)).toEqual({ kind: 'image' });
    expect(calls.map(({ operation }) => operation)).toEqual([
      'BatchGetImage',
      'GetDownloadUrlForLayer',
      'BatchGetImage',
      'GetDownloadUrlForLayer',
    ]);
  });

  it.each<[name: string, config: string, expected: object]>([
    [
      'are of the platform in its config',
      JSON.stringify({ os: 'linux', architecture: 'arm64' }),
      { kind: 'image', platform: { os: 'linux', architecture: 'arm64' } },
    ],
    ['have no platform where the config is no JSON', 'none', { kind: 'image' }],
    [
      'take a config of 64 kB',
      JSON.stringify({ os: 'linux', architecture: 'amd64' }).padEnd(65_536),
      { kind: 'image', platform: { os: 'linux', architecture: 'amd64' } },
    ],
    ['leave a larger one alone', JSON.stringify({ os: 'linux', architecture: 'amd64' }).padEnd(65_537), { kind: 'image' }],
  ])('of a single image %s', async (_name, config, expected) => {
    const { contents } = await open((operation) =>
      operation === 'BatchGetImage'
        ? manifest({ config: { digest: child } })
        : { body: { downloadUrl: `data:application/json;base64,${Buffer.from(config).toString('base64')}` } },
    );
    expect(await contents.read('my-web-app', digest)).toEqual(expected);
  });

  it('fail where there is no such image', async () => {
    const { contents } = await open(() => ({ body: { images: [], failures: [{ failureCode: 'ImageNotFound' }] } }));
    await expect(contents.read('my-web-app', digest)).rejects.toThrow('no manifest');
  });
});
