import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloudImplementations } from './cloud-implementations.ts';
import type { Cloud } from './cloud.ts';

describe.each(cloudImplementations)('Registry on %s', (_, open) => {
  let cloud: Cloud;
  let first = '';
  let second = '';
  beforeAll(async () => {
    cloud = await open();
    first = await cloud.push('my-web-app', 'latest', 'one');
    await cloud.push('my-web-app', 'v1', 'one');
    second = await cloud.push('my-web-app', 'latest', 'two');
    await cloud.push('my-web-app', 'v2', 'two');
  });
  afterAll(() => cloud.close());

  it('tells which image a tag names now', async () => {
    expect((await cloud.registry.byTag('my-web-app', 'latest'))?.digest).toBe(second);
    expect((await cloud.registry.byTag('my-web-app', 'v1'))?.digest).toBe(first);
  });

  it('tells nothing of a tag that no image has', async () => {
    expect(await cloud.registry.byTag('my-web-app', 'v9')).toBeUndefined();
  });

  it('tells an image by digest, with all tags that it has now', async () => {
    expect(await cloud.registry.byDigest('my-web-app', first)).toMatchObject({
      repository: 'my-web-app',
      digest: first,
      tags: ['v1'],
      active: true,
    });
    expect((await cloud.registry.byDigest('my-web-app', second))?.tags.toSorted()).toEqual(['latest', 'v2']);
  });

  it('tells an image that lost its last tag', async () => {
    const untagged = await cloud.push('moving', 'latest', 'one');
    await cloud.push('moving', 'latest', 'two');
    expect(await cloud.registry.byDigest('moving', untagged)).toMatchObject({ tags: [] });
  });

  it('tells nothing of a digest that is not there', async () => {
    expect(await cloud.registry.byDigest('my-web-app', `sha256:${'0'.repeat(64)}`)).toBeUndefined();
  });

  it('tells when an image was pushed', async () => {
    expect((await cloud.registry.byDigest('my-web-app', second))?.pushedAt).toMatch(/^2026-11-23T12:/);
  });

  it('lists tagged images', async () => {
    await cloud.push('listed', 'latest', 'one');
    const kept = await cloud.push('listed', 'latest', 'two');
    const { images, next } = await cloud.registry.page('listed');
    expect(images.map(({ digest }) => digest)).toEqual([kept]);
    expect(next).toBeUndefined();
  });

  it('throws where the repository does not exist', async () => {
    const missing = { name: 'MissingError', what: 'repository' };
    await expect(cloud.registry.byTag('nowhere', 'latest')).rejects.toMatchObject(missing);
    await expect(cloud.registry.byDigest('nowhere', first)).rejects.toMatchObject(missing);
    await expect(cloud.registry.page('nowhere')).rejects.toMatchObject(missing);
  });
});
