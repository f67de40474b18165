import { afterEach, describe, expect, it } from '@jest/globals';
import { ecrClients } from '../../lib/adapters/ecr-client.ts';
import { ecrRegistry } from '../../lib/adapters/ecr-registry.ts';
import type { Registry } from '../../lib/ports/registry.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const detail = { imageDigest: digest, imageTags: ['latest', 'v1'], imagePushedAt: 1_763_895_600 };
const elsewhere = '210987654321.dkr.ecr.us-east-1.amazonaws.com/team/my-web-app';

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

/** ECR that answers every call as told; what it was sent stands in `calls`, the regions asked for in `regions`. */
async function open(answer: JsonAnswer): Promise<{ port: Registry; calls: object[]; regions: (string | undefined)[] }> {
  const calls: object[] = [];
  const regions: (string | undefined)[] = [];
  aws = await startJsonEndpoint(({ text }) => {
    calls.push(JSON.parse(text) as object);
    return answer;
  });
  const clients = ecrClients(localOptions(aws.endpoint, { maxAttempts: 1 }));
  const port = ecrRegistry((region) => {
    regions.push(region);
    return clients(region);
  });
  return { port, calls, regions };
}

describe('The registry ECR', () => {
  it('finds by tag, in our words', async () => {
    const { port, calls } = await open({ body: { imageDetails: [{ ...detail, imageManifestMediaType: 'm', artifactMediaType: 'a' }] } });
    expect(await port.byTag('my-web-app', 'latest')).toEqual({
      repository: 'my-web-app',
      digest,
      tags: ['latest', 'v1'],
      pushedAt: '2025-11-23T11:00:00.000Z',
      active: true,
      mediaType: 'm',
      artifactMediaType: 'a',
    });
    expect(calls).toEqual([{ repositoryName: 'my-web-app', imageIds: [{ imageTag: 'latest' }], filter: { imageStatus: 'ANY' } }]);
  });

  it.each([
    ['ACTIVE', true],
    ['ARCHIVED', false],
    ['ACTIVATING', false],
  ])('finds by digest one that is %s and untagged', async (imageStatus, active) => {
    const { port, calls } = await open({ body: { imageDetails: [{ ...detail, imageTags: undefined, imageStatus }] } });
    expect(await port.byDigest('my-web-app', digest)).toMatchObject({ tags: [], active });
    expect(calls).toEqual([{ repositoryName: 'my-web-app', imageIds: [{ imageDigest: digest }], filter: { imageStatus: 'ANY' } }]);
  });

  it('finds nothing where there is no such image', async () => {
    const { port } = await open(awsError('ImageNotFoundException', 'no'));
    expect(await port.byTag('my-web-app', 'latest')).toBeUndefined();
    expect(await port.byDigest('my-web-app', digest)).toBeUndefined();
  });

  it('throws a repository that does not exist', async () => {
    const { port } = await open(awsError('RepositoryNotFoundException', 'no'));
    const missing = { name: 'MissingError', what: 'repository', message: expect.stringContaining('read images of my-web-app') };
    await expect(port.byTag('my-web-app', 'latest')).rejects.toMatchObject(missing);
    await expect(port.page('my-web-app')).rejects.toMatchObject(missing);
  });

  it('reads pages of a thousand, of tagged and active ones', async () => {
    const { port, calls } = await open({ body: { imageDetails: [detail], nextToken: 'p2' } });
    expect(await port.page('my-web-app', 'p1')).toMatchObject({ images: [{ digest }], next: 'p2' });
    const filter = { tagStatus: 'TAGGED', imageStatus: 'ACTIVE' };
    expect(calls).toEqual([{ repositoryName: 'my-web-app', filter, maxResults: 1000, nextToken: 'p1' }]);
  });

  it('reads a last page without a next one', async () => {
    const { port } = await open({ body: { imageDetails: [] } });
    expect(await port.page('my-web-app')).toEqual({ images: [] });
  });

  it('asks where the repository lives', async () => {
    const { port, calls, regions } = await open({ body: { imageDetails: [detail] } });
    expect(await port.byTag(elsewhere, 'latest')).toMatchObject({ repository: elsewhere });
    await port.byTag('my-web-app', 'latest');
    expect(calls[0]).toMatchObject({ registryId: '210987654321', repositoryName: 'team/my-web-app' });
    expect(calls[1]).not.toHaveProperty('registryId');
    expect(regions).toEqual(['us-east-1', undefined]);
  });

  it('makes the client of a region once', () => {
    const clients = ecrClients(localOptions('http://127.0.0.1:1'));
    expect(clients('us-east-1')).toBe(clients('us-east-1'));
    expect(clients('us-east-1')).not.toBe(clients());
  });
});
