import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentsOf, manifest } from '../../demo/images.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { uploadBlobs } from '../fixtures/blobs.ts';

const repositoryName = 'web';
let sandbox: Sandbox;
const call: Sandbox['call'] = (service, operation, input) => sandbox.call(service, operation, input);
const put = (imageManifest: string): Promise<unknown> => call('ecr', 'PutImage', { repositoryName, imageTag: 'latest', imageManifest });

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z') });
  await call('ecr', 'CreateRepository', { repositoryName });
});
afterAll(() => sandbox.close());

describe('A push', () => {
  it('whose layers were not uploaded is refused, and says which are missing', async () => {
    const [configuration] = contentsOf('1');
    const missing = JSON.parse(manifest('1', 'healthy')) as { layers: [{ digest: string }] };
    await uploadBlobs(call, repositoryName, configuration);
    await expect(put(manifest('1', 'healthy'))).rejects.toMatchObject({
      code: 'LayersNotFoundException',
      message: expect.stringContaining(`Layers with digests '[${missing.layers[0].digest}]' required for pushing image`),
    });
    expect(await call('ecr', 'DescribeImages', { repositoryName })).toMatchObject({ imageDetails: [] });
  });

  it('whose configuration and layers are there is taken', async () => {
    await uploadBlobs(call, repositoryName, ...contentsOf('2'));
    await expect(put(manifest('2', 'healthy'))).resolves.toMatchObject({ image: { imageId: { imageTag: 'latest' } } });
  });

  it('does not bring what is fetched from elsewhere', async () => {
    const [configuration] = contentsOf('3');
    await uploadBlobs(call, repositoryName, configuration);
    const foreign = JSON.parse(manifest('3', 'healthy')) as { layers: object[] };
    const layers = foreign.layers.map((layer) => ({ ...layer, urls: ['https://example.com/layer'] }));
    await expect(put(JSON.stringify({ ...foreign, layers }))).resolves.toBeDefined();
  });

  it('to another repository brings its own layers', async () => {
    await call('ecr', 'CreateRepository', { repositoryName: 'other' });
    const again = call('ecr', 'PutImage', { repositoryName: 'other', imageTag: 'latest', imageManifest: manifest('2', 'healthy') });
    await expect(again).rejects.toMatchObject({ code: 'LayersNotFoundException' });
  });
});
