import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { uploadBlobs } from '../fixtures/blobs.ts';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const [web, api] = ['production/web', 'production/api'];
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const gated = { fixture: 'gates', uncheckedLayers: true }; // An image whose configuration cannot be read is a case of its own here.

const index = (manifests: object[]): string => JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });

const sha256 = (bytes: string): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A manifest whose scan finds what is told; the version makes its digest. */
function manifest(version: string, config: string, findings = ''): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config), size: config.length },
    layers: [],
    annotations: { version, 'autopilot.sandbox/run': 'healthy', ...(findings === '' ? {} : { 'autopilot.sandbox/findings': findings }) },
  });
}

/** Pushes a manifest or an index, under a tag or by digest alone. Answers its digest. */
async function put(here: Installation, repositoryName: string, imageManifest: string, imageTag?: string): Promise<string> {
  const imageManifestMediaType = imageManifest.includes('"manifests"') ? indexType : manifestType;
  await here.sandbox.call('ecr', 'PutImage', {
    repositoryName,
    imageManifest,
    imageManifestMediaType,
    ...(imageTag === undefined ? {} : { imageTag }),
  });
  return sha256(imageManifest);
}

const scanOnPush = (here: Installation): Promise<unknown> =>
  here.sandbox.call('ecr', 'PutImageScanningConfiguration', {
    repositoryName: 'web',
    imageScanningConfiguration: { scanOnPush: true },
  });

const last = async (here: Installation, service: string) => (await here.history(service)).at(-1);

describe('A gate', () => {
  it(
    'for scans lets no image with a CRITICAL finding in, says why, and lets the fixed one in',
    played(async (here) => {
      await scanOnPush(here);
      await put(here, 'web', manifest('bad', 'a', 'CRITICAL=1,HIGH=2'), 'latest');
      await here.minutes(3);
      expect(here.states(web)).toEqual(['live', 'waiting', 'rejected']);
      expect(await last(here, web)).toMatchObject({ reason: { code: 'scan-findings', text: expect.stringContaining('1 CRITICAL') } });
      expect(await here.revision(web)).toBe('web:1');
      const fixed = await put(here, 'web', manifest('fixed', 'a', 'HIGH=2'), 'latest');
      await here.minutes(6);
      expect(here.states(web).slice(-5)).toEqual(['waiting', 'deploying', 'baking', 'replaced', 'live']);
      expect(await here.images(await here.revision(web))).toEqual([`web@${fixed}`]);
      expect(here.calls.some(({ caller }) => caller.includes('apply-scan'))).toBe(true);
    }, gated),
  );

  it(
    'for scans notices at once that nothing scans',
    played(async (here) => {
      await put(here, 'web', manifest('unscanned', 'a'), 'latest');
      await here.minutes(0.1);
      expect(await last(here, web)).toMatchObject({ state: 'rejected', reason: { code: 'scan-missing' } });
      const order = { verb: 'deploy', service: web, image: 'latest' };
      expect(await here.order(order)).toMatchObject({ outcome: 'refused', reason: { code: 'scan-missing' } });
      expect(await here.order({ ...order, skipGates: true })).toMatchObject({ outcome: 'done' });
      expect(await last(here, web)).toMatchObject({ state: 'deploying', actor: 'jane (unproven)' });
    }, gated),
  );

  it(
    'for scans asks again what waits whenever a scan of its repository is told',
    played(async (here) => {
      here.fault({ fault: 'delay-events', 'detail-type': 'ECR Image Action', by: '5s' });
      await put(here, 'web', manifest('early', 'a'), 'latest');
      await scanOnPush(here); // Too late for the image, which nothing scans any more.
      await here.minutes(0.2);
      expect(here.states(web)).toEqual(['live', 'waiting']);
      await put(here, 'web', manifest('other', 'a'), 'other');
      await here.minutes(1);
      const asked = here.calls.filter(({ operation }) => operation === 'BatchGetRepositoryScanningConfiguration');
      expect(asked.map(({ caller }) => caller)).toContain('ecs-autopilot-production-apply-scan');
      expect(here.states(web)).toEqual(['live', 'waiting']);
      await here.minutes(10);
      expect(await last(here, web)).toMatchObject({ state: 'rejected', reason: { code: 'scan-overdue' } });
    }, gated),
  );

  it(
    'for scans lets a running image be, and tells of what is found in it later',
    played(async (here) => {
      const rules = [{ scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }];
      await here.sandbox.call('ecr', 'PutRegistryScanningConfiguration', { scanType: 'ENHANCED', rules });
      await put(here, 'web', manifest('sound', 'a', 'HIGH=1'), 'latest');
      await here.minutes(8);
      expect(here.states(web).at(-1)).toBe('live');
      here.fault({ fault: 'findings', repository: 'web', image: 'latest', findings: 'CRITICAL=1' });
      await here.minutes(1);
      expect(here.told().at(-1)).toMatchObject({ state: 'exposed', level: 'critical' });
      expect(await last(here, web)).toMatchObject({ state: 'live' });
    }, gated),
  );

  it(
    'for the platform refuses an index for arm64 alone, and takes one that holds amd64 too',
    played(async (here) => {
      const child = async (architecture: string, version: string) => ({
        mediaType: manifestType,
        digest: await put(here, 'api', manifest(`${architecture} ${version}`, architecture)),
        size: 1,
        platform: { os: 'linux', architecture },
      });
      await put(here, 'api', index([await child('arm64', '2')]), 'main-2');
      await here.minutes(1);
      expect(here.states(api)).toEqual(['live', 'rejected']);
      const text = 'it is built for linux/arm64, and the service runs on linux/amd64';
      expect(await last(here, api)).toMatchObject({ state: 'rejected', reason: { code: 'platform-mismatch', text } });
      expect(here.made('ecs:UpdateService')).toEqual([]);
      await put(here, 'api', index([await child('arm64', '3'), await child('amd64', '3')]), 'main-3');
      await here.minutes(6);
      expect(here.states(api).at(-1)).toBe('live');
      expect(await here.revision(api)).not.toBe('api:1');
    }, gated),
  );

  it(
    'for the platform reads what a single image is built for in its config',
    played(async (here) => {
      const config = JSON.stringify({ os: 'linux', architecture: 'arm64' });
      await uploadBlobs(here.sandbox.call, 'api', config);
      await put(here, 'api', manifest('arm', config), 'main-2');
      await here.minutes(1);
      expect(await last(here, api)).toMatchObject({ state: 'rejected', reason: { code: 'platform-mismatch' } });
      expect(here.made('ecs:UpdateService')).toEqual([]);
    }, gated),
  );
});
