import { describe, expect, it } from '@jest/globals';
import { compileTags } from '../../lib/config/compile-tags.ts';
import { decideCandidate } from '../../lib/decide/candidate.ts';
import { beginDeployment, noteCandidate } from '../../lib/decide/transitions/candidates.ts';
import { waitCandidate } from '../../lib/decide/transitions/waiting.ts';
import type { Head, HeadChange } from '../../lib/domain/head.ts';
import type { Candidate } from '../../lib/domain/image.ts';
import { aPolicy } from '../fakes/policies.ts';
import { activeService } from '../fixtures/candidates.ts';

const repository = 'my-web-app';
const policy = aPolicy({ images: [{ repository, tags: compileTags({ match: '^v(?<key>.+)$', order: 'semver' }) }] });
const now = new Date('2026-11-20T12:00:00.000Z');
const reason = { code: 'on-hold', text: 'a hold' } as const;
const empty: Head = {
  service: 'production/web',
  version: 1,
  enrolledAt: '2026-11-20T08:00:00.000Z',
  verified: [],
  waiting: {},
  seen: {},
  barred: {},
  failures: [],
  owed: [],
};

const candidate = (tag: string, pushedAt = '2026-11-20T11:00:00.000Z'): Candidate => ({
  repository,
  digest: `of-${tag}`,
  tag,
  pushedAt,
  origin: 'push',
});

/** The head after a change; what is removed is absent. */
function after(head: Head, change: HeadChange): Head {
  const merged = Object.entries({ ...head, ...change, failures: [] }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as unknown as Head;
}

/** The head after these have begun to wait, and what was told. */
function waited(...tags: string[]): { head: Head; told: string[] } {
  return tags.reduce<{ head: Head; told: string[] }>(
    ({ head, told }, tag) => {
      const { change, told: more } = waitCandidate(head, candidate(tag), reason, '2026-11-20T13:00:00.000Z', policy, now);
      const news = more.map(({ images, state }) => `${images[repository]?.tag} ${state}`);
      return { head: after(head, change), told: [...told, ...news] };
    },
    { head: empty, told: [] },
  );
}

const places = ({ waiting }: Head): (string | undefined)[] | undefined => waiting?.[repository]?.map((one) => one.candidate.tag);

describe('the places of those that wait', () => {
  it.each<[sentence: string, tags: string[], kept: string[], told: string[]]>([
    ['are in the order of versions where the newer comes later', ['v1.9.0', 'v1.10.0'], ['v1.9.0', 'v1.10.0'], []],
    ['are in the order of versions where the older comes later', ['v1.10.0', 'v1.9.0'], ['v1.9.0', 'v1.10.0'], []],
    ['keep the first when a newer takes the second', ['v1.9.0', 'v1.10.0', 'v1.11.0'], ['v1.9.0', 'v1.11.0'], ['v1.10.0 superseded']],
  ])('%s', (_, tags, kept, told) => {
    const waits = waited(...tags);
    expect(places(waits.head)).toEqual(kept);
    expect(waits.told.filter((one) => !one.endsWith('waiting'))).toEqual(told);
    expect(waits.head.seen[repository]?.tag).toBe(kept.at(-1));
  });

  it.each<[tag: string, left: string[] | undefined, told: string[]]>([
    ['v1.8.0', ['v1.9.0', 'v1.10.0'], []],
    ['v1.9.0', ['v1.10.0'], []],
    ['v1.10.0', undefined, ['v1.9.0 superseded']],
    ['v1.11.0', undefined, ['v1.9.0 superseded', 'v1.10.0 superseded']],
  ])('are left to what is newer when %s deploys', (tag, left, told) => {
    const claim = {
      candidate: candidate(tag),
      reason,
      acting: { by: 'one', until: '2026-11-20T12:01:10.000Z' },
      previousTaskDefinition: 'web:1',
    };
    const { head } = waited('v1.9.0', 'v1.10.0');
    const begun = beginDeployment(head, claim, policy, now);
    expect(places(after(head, begun.change))).toEqual(left);
    const superseded = begun.told.filter(({ state }) => state === 'superseded');
    expect(superseded.map(({ images, state }) => `${images[repository]?.tag} ${state}`)).toEqual(told);
  });
});

describe('what was in the registry at enrolment', () => {
  it('is not deployed after an older version was', () => {
    const before = candidate('v1.10.0', '2026-11-20T07:00:00.000Z');
    const noted = after(empty, noteCandidate(empty, before, 'baseline', { code: 'baseline', text: '' }, policy, now).change);
    const claim = {
      candidate: candidate('v1.9.1'),
      reason,
      acting: { by: 'one', until: '2026-11-20T12:01:10.000Z' },
      previousTaskDefinition: 'web:1',
    };
    const head = after(noted, { ...beginDeployment(noted, claim, policy, now).change, acting: null });
    const again = { ...before, origin: 'reconciliation' as const };
    expect(decideCandidate({ head, candidate: again, service: activeService(), quarantined: {} }, policy, now)).toMatchObject({
      action: 'skip',
      reason: { code: 'already-decided' },
    });
  });
});
