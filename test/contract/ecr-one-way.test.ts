import { afterEach, describe, expect, it } from '@jest/globals';
import { ecrClients } from '../../lib/adapters/ecr-client.ts';
import { ecrImageContents } from '../../lib/adapters/ecr-image-contents.ts';
import type { ImageContents } from '../../lib/ports/image-contents.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const child = `sha256:${'b'.repeat(64)}`;
const never = { 'autopilot.rollback': 'never' };
const amd64 = { platform: { os: 'linux', architecture: 'amd64' } };

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

interface Stored {
  /** The manifest of the image that is asked about. */
  manifest: object;
  /** That of its platform, where it is an index. */
  childManifest?: object;
  /** The config's document; none can be read where it is absent. */
  config?: object;
}

async function open({ manifest, childManifest, config }: Stored): Promise<{ contents: ImageContents; operations: string[] }> {
  const operations: string[] = [];
  aws = await startJsonEndpoint(({ operation, text }): JsonAnswer => {
    operations.push(operation);
    const { imageIds = [] } = JSON.parse(text) as { imageIds?: { imageDigest: string }[] };
    const document = imageIds[0]?.imageDigest === child ? childManifest : manifest;
    if (operation === 'BatchGetImage') return { body: { images: [{ imageManifest: JSON.stringify(document) }], failures: [] } };
    if (config === undefined) return awsError('LayersNotFoundException', 'no');
    return { body: { downloadUrl: `data:application/json;base64,${Buffer.from(JSON.stringify(config)).toString('base64')}` } };
  });
  return { contents: ecrImageContents(ecrClients(localOptions(aws.endpoint, { maxAttempts: 1 }))), operations };
}

const image = (annotations?: object | null) => ({ config: { digest }, ...(annotations === undefined ? {} : { annotations }) });
const index = (annotations?: object | null) => ({
  manifests: [{ digest: child, ...amd64 }],
  ...(annotations === undefined ? {} : { annotations }),
});
const built = (Labels?: object | null) => ({ os: 'linux', architecture: 'amd64', config: { Labels } });

describe('An image', () => {
  it.each<[name: string, oneWay: boolean, stored: Stored]>([
    ['says by an annotation that there is no way back', true, { manifest: image(never), config: built() }],
    ['says so by a label', true, { manifest: image(), config: built(never) }],
    ['says so by an annotation, though its config cannot be read', true, { manifest: image(never) }],
    ['says nothing', false, { manifest: image({ other: 'never' }), config: built({ other: 'never' }) }],
    ['says nothing, without labels', false, { manifest: image(), config: built(null) }],
    ['says another word', false, { manifest: image({ 'autopilot.rollback': 'allowed' }), config: built() }],
    [
      'says otherwise by an annotation than by a label',
      false,
      { manifest: image({ 'autopilot.rollback': 'allowed' }), config: built(never) },
    ],
    ['says so as an index', true, { manifest: index(never) }],
    ['says so by the label of its platform', true, { manifest: index(), childManifest: image(), config: built(never) }],
    ['says so by the annotation of its platform', true, { manifest: index(), childManifest: image(never), config: built() }],
    [
      'says otherwise by the annotation of its platform',
      false,
      { manifest: index(), childManifest: image({ 'autopilot.rollback': 'allowed' }) },
    ],
    ['says nothing as an index', false, { manifest: index(), childManifest: image(), config: built() }],
    ['says nothing by annotations that are null', false, { manifest: index(null), childManifest: image(null), config: built() }],
    ['says nothing as an index of nothing', false, { manifest: { manifests: [] } }],
  ])('%s', async (_name, oneWay, stored) => {
    const { contents } = await open(stored);
    expect(await contents.isOneWay('my-web-app', digest)).toBe(oneWay);
  });

  it('is no answer where its config cannot be read', async () => {
    const { contents } = await open({ manifest: image() });
    await expect(contents.isOneWay('my-web-app', digest)).rejects.toThrow('could not be read');
  });

  it('is no answer where the config of its platform cannot be read', async () => {
    const { contents } = await open({ manifest: index(), childManifest: image() });
    await expect(contents.isOneWay('my-web-app', digest)).rejects.toThrow('could not be read');
  });

  it.each<[name: string, stored: Stored, labels: object]>([
    ['by its labels', { manifest: image(), config: built({ maintainer: 'Anna' }) }, { authors: 'Anna' }],
    ['by its annotations rather', { manifest: image({ maintainer: 'Ben' }), config: built({ maintainer: 'Anna' }) }, { authors: 'Ben' }],
    ['as an index, by its platform', { manifest: index(), childManifest: image(), config: built({ maintainer: 'A' }) }, { authors: 'A' }],
    [
      'as an index, rather than its platform',
      { manifest: index({ version: '7' }), childManifest: image(), config: built({ version: '6' }) },
      { version: '7' },
    ],
    ['nothing, where its config cannot be read', { manifest: image() }, {}],
  ])('says where it comes from %s', async (_name, stored, labels) => {
    const { contents } = await open(stored);
    expect(await contents.labels('my-web-app', digest)).toEqual(labels);
  });

  it('is asked once, with what else it holds', async () => {
    const { contents, operations } = await open({ manifest: image(), config: built(never) });
    await Promise.all([
      contents.read('my-web-app', digest),
      contents.isOneWay('my-web-app', digest),
      contents.labels('my-web-app', digest),
    ]);
    expect(operations).toEqual(['BatchGetImage', 'GetDownloadUrlForLayer']);
  });
});
