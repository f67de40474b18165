import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { compileTags } from '../../lib/config/compile-tags.ts';
import type { RawTags } from '../../lib/config/schema-tags.ts';
import { imageRefusal, tagRefusal } from '../../lib/decide/tags/refusal.ts';
import { newestCandidate } from '../../lib/decide/tags/newest.ts';
import { tagKey } from '../../lib/decide/tags/tag-key.ts';
import type { RegistryImage } from '../../lib/domain/image.ts';

const versions: RawTags = { match: '^v(?<key>.+)$', except: 'beta', order: 'semver', range: '^1.2' };

describe('Why a tag is not taken', () => {
  it.each<[tags: RawTags, tag: string, why: string | undefined]>([
    ['latest', 'latest', undefined],
    ['latest', 'v1', 'the service follows the tag latest alone'],
    ['main-*', 'main-1', undefined],
    ['main-*', 'dev-1', 'dev-1 does not match main-*'],
    [versions, 'v1.3.0', undefined],
    [versions, 'main', 'tags.match does not take main'],
    [versions, 'v1.3.0-beta', 'tags.except keeps v1.3.0-beta out'],
    [versions, 'v2.0.0', '2.0.0 is no version of three parts within the range'],
    [versions, 'v1234567', '1234567 is no version of three parts within the range'],
    [{ match: '^b-(?<key>.+)$', order: 'numeric' }, 'b-x', 'x is no whole number'],
    [
      '*',
      `sha256-${'a'.repeat(64)}.sig`,
      `the tag sha256-${'a'.repeat(64)}.sig belongs to a signature, an attestation or a bill of materials`,
    ],
  ])('by %j, %s: %s', (tags, tag, why) => {
    expect(tagRefusal(compileTags(tags), tag)).toBe(why);
  });

  const some = fc.constantFrom('latest', 'main-1', 'v1.2.3', 'v1.3.0-beta', 'v9', 'b-1', 'b-x', 'x-soci', `sha256-${'a'.repeat(64)}`);
  const policies = (['latest', 'main-*', versions, { order: 'numeric' }, { order: 'alphabetical', except: '^v' }] satisfies RawTags[]).map(
    compileTags,
  );

  it('is told of just those tags that the policy does not take', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...policies), (tag, policy) => {
        expect(tagRefusal(policy, tag) === undefined).toBe(tagKey(policy, tag) !== undefined);
      }),
    );
  });

  it('is told of just those images that make no candidate', () => {
    const mediaTypes = fc.constantFrom(undefined, 'application/vnd.oci.image.config.v1+json', 'application/vnd.cncf.helm.config.v1+json');
    const image = fc
      .tuple(fc.uniqueArray(some, { maxLength: 3 }), fc.boolean(), mediaTypes)
      .map(([tags, active, artifactMediaType]): RegistryImage => ({
        repository: 'web',
        digest: 'sha256:a',
        tags,
        pushedAt: '2026-11-20T08:00:00.000Z',
        active,
        ...(artifactMediaType === undefined ? {} : { artifactMediaType }),
      }));
    fc.assert(
      fc.property(image, fc.constantFrom(...policies), (one, policy) => {
        expect(imageRefusal(one, policy) === undefined).toBe(newestCandidate([one], policy, 'push') !== undefined);
      }),
    );
  });
});
