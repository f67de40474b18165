import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { compareByPolicy } from '../../lib/decide/tags/compare.ts';
import { newestCandidate, newestCandidates } from '../../lib/decide/tags/newest.ts';
import type { Candidate, RegistryImage } from '../../lib/domain/image.ts';
import type { TagPolicy } from '../../lib/domain/policy.ts';

const policy: TagPolicy = { kind: 'glob', glob: 'main-*', pattern: '^main-.*$' };

function image(differs: Partial<RegistryImage> = {}): RegistryImage {
  return {
    repository: 'my-web-app',
    digest: 'sha256:aa',
    tags: ['main-1'],
    pushedAt: '2026-11-20T09:00:00.000Z',
    active: true,
    ...differs,
  };
}

describe('newestCandidate', () => {
  const older = image();
  it.each<[name: string, digest: string | undefined, images: RegistryImage[]]>([
    ['is nothing in an empty registry', undefined, []],
    ['is nothing where no tag is accepted', undefined, [image({ tags: ['v1'] })]],
    ['is what was pushed last', 'sha256:bb', [older, image({ digest: 'sha256:bb', pushedAt: '2026-11-20T09:00:00.001Z' })]],
    ['is not what was pushed before', 'sha256:aa', [older, image({ digest: 'sha256:bb', pushedAt: '2026-11-20T08:59:59.999Z' })]],
    ['is, pushed in the same moment, what has the later tag', 'sha256:00', [older, image({ digest: 'sha256:00', tags: ['main-2'] })]],
    ['is, with the same tag too, what has the later digest', 'sha256:bb', [image({ digest: 'sha256:bb' }), older]],
    [
      'is nothing that is archived',
      'sha256:aa',
      [older, image({ digest: 'sha256:bb', pushedAt: '2026-11-21T00:00:00.000Z', active: false })],
    ],
    [
      'is no chart',
      'sha256:aa',
      [older, image({ digest: 'sha256:bb', tags: ['main-9'], artifactMediaType: 'application/vnd.cncf.helm.config.v1+json' })],
    ],
  ])('%s', (_, digest, images) => {
    expect(newestCandidate(images, policy, 'reconciliation')?.digest).toBe(digest);
  });

  it('is one for all tags of its digest', () => {
    expect(newestCandidate([image({ tags: ['main-1', 'main-2', 'v1'] })], policy, 'reconciliation')).toStrictEqual({
      repository: 'my-web-app',
      digest: 'sha256:aa',
      tag: 'main-2',
      pushedAt: '2026-11-20T09:00:00.000Z',
      origin: 'reconciliation',
    });
  });

  it('is, for a policy of one tag, what the tag names, whatever its age', () => {
    const images = [image({ tags: ['latest'] }), image({ digest: 'sha256:bb', pushedAt: '2026-11-21T00:00:00.000Z' })];
    expect(newestCandidate(images, { kind: 'tag', tag: 'latest' }, 'push')).toMatchObject({
      digest: 'sha256:aa',
      tag: 'latest',
      origin: 'push',
    });
  });
});

// Few values, so that ties are common.
const someImage = fc.record({
  repository: fc.constant('my-web-app'),
  digest: fc.constantFrom('sha256:aa', 'sha256:bb', 'sha256:cc'),
  tags: fc.uniqueArray(fc.constantFrom('main-1', 'main-2', 'main-10', 'v1'), { maxLength: 3 }),
  pushedAt: fc.constantFrom('2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.001Z'),
  active: fc.boolean(),
});
const shuffled = fc
  .array(someImage, { maxLength: 8 })
  .chain((images) => fc.tuple(fc.constant(images), fc.shuffledSubarray(images, { minLength: images.length })));

const candidateOf = (one: RegistryImage): Candidate | undefined => newestCandidate([one], policy, 'push');

describe('the order of candidates', () => {
  it('makes the winner the same in whatever order the images are given', () => {
    fc.assert(
      fc.property(shuffled, ([images, others]) => {
        expect(newestCandidate(others, policy, 'push')).toStrictEqual(newestCandidate(images, policy, 'push'));
      }),
    );
  });

  it('makes the winner of pages the winner of the whole', () => {
    fc.assert(
      fc.property(fc.array(someImage, { maxLength: 8 }), (images) => {
        const byPages = images.reduce<Candidate[]>((newest, one) => newestCandidates(newest, [one], policy, 'push', 1), []);
        expect(byPages[0]).toStrictEqual(newestCandidate(images, policy, 'push'));
      }),
    );
  });

  it('keeps of pages the newest few of the whole, each digest once', () => {
    fc.assert(
      fc.property(fc.array(someImage, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (images, most) => {
        const byPages = images.reduce<Candidate[]>((newest, one) => newestCandidates(newest, [one], policy, 'push', most), []);
        const all = images.map(candidateOf).filter((one) => one !== undefined);
        const best = all.filter((one) => all.every((other) => other.digest !== one.digest || compareByPolicy(policy, one, other) >= 0));
        const once = [...new Map(best.map((one) => [one.digest, one])).values()];
        expect(byPages).toEqual(once.toSorted((a, b) => compareByPolicy(policy, b, a)).slice(0, most));
      }),
    );
  });

  it('tells two different candidates apart, both ways', () => {
    fc.assert(
      fc.property(someImage, someImage, (left, right) => {
        const [a, b] = [candidateOf(left), candidateOf(right)];
        fc.pre(a !== undefined && b !== undefined);
        expect(Math.sign(compareByPolicy(policy, a, b)) + Math.sign(compareByPolicy(policy, b, a))).toBe(0);
        expect(compareByPolicy(policy, a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
