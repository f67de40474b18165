import { describe, expect, it } from '@jest/globals';
import { governedContainers, imagesOf, isPinned, isRevisionOf, pinnedContainers } from '../../lib/decide/containers.ts';
import type { ImagePolicy } from '../../lib/domain/policy.ts';
import { deploymentTag } from '../../lib/domain/task-definition.ts';
import { aDeployment, aRevision, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const elsewhere = '999999999999.dkr.ecr.us-east-1.amazonaws.com';
const hex = 'a'.repeat(64);
const policy = (differing: Partial<ImagePolicy> = {}): ImagePolicy => ({
  repository: 'my-web-app',
  tags: { kind: 'tag', tag: 'latest' },
  ...differing,
});

describe('governedContainers', () => {
  it.each<[name: string, governed: boolean, image: string, differing: Partial<ImagePolicy>]>([
    ['by tag', true, `${host}/my-web-app:v1`, {}],
    ['by digest', true, `${host}/my-web-app@sha256:${hex}`, {}],
    ['by tag and digest', true, `${host}/my-web-app:v1@sha256:${hex}`, {}],
    ['without either', true, `${host}/my-web-app`, {}],
    ['of a path with slashes', true, `${host}/team/my-web-app:v1`, { repository: 'team/my-web-app' }],
    ['of another account, by a plain name', true, `${elsewhere}/my-web-app:v1`, {}],
    ['of China', true, '1.dkr.ecr.cn-north-1.amazonaws.com.cn/my-web-app:v1', {}],
    ['of an endpoint with two stacks', true, '1.dkr-ecr.eu-west-1.on.aws/my-web-app:v1', {}],
    ['of the full name', true, `${elsewhere}/my-web-app:v1`, { repository: `${elsewhere}/my-web-app` }],
    ['of another registry than the full name', false, `${host}/my-web-app:v1`, { repository: `${elsewhere}/my-web-app` }],
    ['of a longer path', false, `${host}/team/my-web-app:v1`, {}],
    ['of a longer name', false, `${host}/my-web-app-2:v1`, {}],
    ['of Docker Hub', false, 'my-web-app:v1', {}],
    ['of a registry with a port', false, 'localhost:5000/my-web-app:v1', {}],
    ['of a public registry', false, 'public.ecr.aws/x/my-web-app:v1', {}],
    ['named in the configuration', true, 'nginx:1', { containers: ['web'] }],
    ['not named, where others are', false, `${host}/my-web-app:v1`, { containers: ['other'] }],
  ])('of an image %s', (_, governed, image, differing) => {
    expect(governedContainers(aRevision({ web: image }), policy(differing))).toHaveLength(governed ? 1 : 0);
  });
});

describe('pinnedContainers', () => {
  it.each<[name: string, expected: string, image: string, differing: Partial<ImagePolicy>]>([
    ['keeps the registry and drops the tag', `${host}/my-web-app@sha256:b`, `${host}/my-web-app:v1`, {}],
    ['replaces the digest', `${host}/my-web-app@sha256:b`, `${host}/my-web-app:v1@sha256:${hex}`, {}],
    [
      'takes the registry of a named container that runs another repository',
      `${host}/my-web-app@sha256:b`,
      `${host}/old-app:v1`,
      { containers: ['web'] },
    ],
    [
      'takes the full name where it says one',
      `${elsewhere}/my-web-app@sha256:b`,
      'nginx:1',
      { containers: ['web'], repository: `${elsewhere}/my-web-app` },
    ],
  ])('%s', (_, expected, image, differing) => {
    expect(pinnedContainers(aRevision({ web: image }), policy(differing), 'sha256:b')).toEqual({ web: expected });
  });

  it('pins each container of the repository, and no other', () => {
    const images = { web: `${host}/my-web-app:v1`, worker: `${host}/my-web-app:v2`, log: 'fluent-bit:3' };
    expect(Object.keys(pinnedContainers(aRevision(images), policy(), 'sha256:b'))).toEqual(['web', 'worker']);
  });
});

describe('imagesOf', () => {
  it.each<[name: string, expected: object, image: string, running: Record<string, string>]>([
    ['is the digest that the revision names', { 'my-web-app': { digest: 'sha256:b' } }, `${host}/my-web-app@sha256:b`, { web: 'sha256:x' }],
    [
      'is what runs where it names a tag',
      { 'my-web-app': { digest: 'sha256:x', tag: 'v1' } },
      `${host}/my-web-app:v1`,
      { web: 'sha256:x' },
    ],
    ['is unknown where nothing runs', {}, `${host}/my-web-app:v1`, {}],
    ['is nothing of an image that is not governed', {}, 'nginx@sha256:b', {}],
  ])('%s', (_, expected, image, running) => {
    expect(imagesOf(aRevision({ web: image }), aPolicy(), running)).toEqual(expected);
  });
});

describe('isPinned', () => {
  it.each<[name: string, expected: boolean, images: Record<string, string>]>([
    ['by digest is', true, { web: `${host}/my-web-app@sha256:b` }],
    ['by tag is not', false, { web: `${host}/my-web-app:v1` }],
    ['of which one container names a tag is not', false, { web: `${host}/my-web-app@sha256:b`, worker: `${host}/my-web-app:v1` }],
    ['whose other containers name tags is', true, { web: `${host}/my-web-app@sha256:b`, log: 'fluent-bit:3' }],
  ])('a revision %s', (_, expected, images) => {
    expect(isPinned(aRevision(images), aPolicy())).toBe(expected);
  });
});

describe('isRevisionOf', () => {
  const ours = { web: `${host}/my-web-app@sha256:b` };
  it.each<[name: string, expected: boolean, differing: Parameters<typeof aRevision>[1], images: Record<string, string>]>([
    ['with its tag', true, { tags: { [deploymentTag]: 'deployment-2' } }, ours],
    ['with another’s tag', false, { tags: { [deploymentTag]: 'deployment-1' } }, ours],
    ['without tags, of its family and digests', true, {}, ours],
    ['without tags, of another family', false, { family: 'we' }, ours],
    ['that it was copied from', false, { arn: revision(1) }, ours],
    ['without tags, of another digest', false, {}, { web: `${host}/my-web-app@sha256:c` }],
  ])('is one %s: %s', (_, expected, differing, images) => {
    expect(isRevisionOf(aRevision(images, differing), aDeployment(), aPolicy())).toBe(expected);
  });
});
