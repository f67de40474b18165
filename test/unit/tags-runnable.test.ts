import { describe, expect, it } from '@jest/globals';
import { companionTag } from '../../lib/decide/tags/never-counts.ts';
import { runnable } from '../../lib/decide/tags/runnable.ts';
import type { ImagePush } from '../../lib/domain/image-push.ts';
import { parseImagePush } from '../../lib/events/image-push.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';

function push(differs: Partial<ImagePush> = {}): ImagePush {
  return { ...parseImagePush(sampleEvent('ecr-push-tagged')), ...differs };
}

const hex = 'd7a73e043a0ce9092c77c4d727f2bec2d8cb758cf6988d558cb399da13583e74';

describe('runnable', () => {
  it.each<[name: string, given: ImagePush]>([
    ['a tagged image', push()],
    ['a tagged index, of which no artifact type is told', parseImagePush(sampleEvent('ecr-push-index-tagged'))],
    ["an image in Docker's own form", push({ artifactMediaType: 'application/vnd.docker.container.image.v1+json' })],
    ['a replicated image', parseImagePush(sampleEvent('ecr-replication'))],
    ['a tag that only looks a little like a signature', push({ tag: 'sha256-fix' })],
    ['a tag that only begins like a SOCI one', push({ tag: 'v1-soci-test' })],
  ])('takes %s', (_, given) => {
    expect(runnable(given)).toStrictEqual({ runnable: true });
  });

  it.each<[name: string, given: ImagePush, why: RegExp]>([
    ['an untagged child of an index', parseImagePush(sampleEvent('ecr-push-untagged-child')), /no tag/],
    ['a push that tells no tag at all', parseImagePush(sampleEvent('ecr-push-untagged-without-keys')), /no tag/],
    ['a signature', parseImagePush(sampleEvent('ecr-push-signature')), /\.sig belongs to a signature/],
    ['a SOCI index', parseImagePush(sampleEvent('ecr-push-soci-index')), /SOCI/],
    ['a chart', parseImagePush(sampleEvent('ecr-push-helm-chart')), /not an image but application\/vnd\.cncf\.helm/],
    ['an in-toto attestation', push({ artifactMediaType: 'application/vnd.in-toto+json' }), /not an image/],
    ['an artifact with an empty config', push({ artifactMediaType: 'application/vnd.oci.empty.v1+json' }), /not an image/],
    ['an artifact manifest', push({ mediaType: 'application/vnd.oci.artifact.manifest.v1+json' }), /artifact, not of an image/],
    ['a deletion', parseImagePush(sampleEvent('ecr-delete')), /DELETE, not of PUSH/],
    ['a change of storage class', push({ action: 'UPDATE_STORAGE_CLASS' }), /UPDATE_STORAGE_CLASS/],
    ['a push that did not succeed', push({ result: 'FAILURE' }), /FAILURE, not SUCCESS/],
    ['a push with an empty result', push({ result: '' }), /empty, not SUCCESS/],
    ['a replication event of another action', push({ origin: 'replication' }), /PUSH, not of REPLICATE/],
  ])('skips %s and says why', (_, given, why) => {
    expect(runnable(given)).toStrictEqual({ runnable: false, why: expect.stringMatching(why) });
  });
});

describe('companionTag', () => {
  it.each([`sha256-${hex}.sig`, `sha256-${hex}.att`, `sha256-${hex}.sbom`, `sha256-${hex}`, 'v1-soci', `sha256-${hex}-soci`])(
    'bars %s',
    (tag) => {
      expect(companionTag(tag)).toContain(tag);
    },
  );

  it.each(['v1', 'latest', 'soci', hex, `sha256-${hex.slice(0, 31)}`, `v-sha256-${hex}.sig`])('lets %s pass', (tag) => {
    expect(companionTag(tag)).toBeUndefined();
  });
});
