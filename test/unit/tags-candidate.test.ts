import { describe, expect, it } from '@jest/globals';
import { compileTags } from '../../lib/config/compile-tags.ts';
import type { RawTags } from '../../lib/config/schema-tags.ts';
import { decideCandidate } from '../../lib/decide/candidate.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Head, Seen } from '../../lib/domain/head.ts';
import type { Candidate } from '../../lib/domain/image.ts';
import { aPolicy } from '../fakes/policies.ts';
import { activeService } from '../fixtures/candidates.ts';

const repository = 'my-web-app';
const now = new Date('2026-11-20T12:00:00.000Z');
const at = (hour: string): string => `2026-11-20T${hour}:00:00.000Z`;

const candidate = (tag: string, digest = 'new', pushedAt = at('11')): Candidate => ({ repository, digest, tag, pushedAt, origin: 'push' });

const running = (image: { tag?: string; digest?: string; pushedAt?: string }): Deployment => ({
  id: 'one',
  service: 'production/web',
  origin: 'push',
  images: { [repository]: { digest: 'old', ...image } },
  state: 'live',
  reason: { code: 'bake-passed', text: '' },
  createdAt: at('10'),
  timeline: [],
});

const seen = (tag: string, outcome: Seen['outcome'], digest = 'decided', pushedAt = at('09')): Head['seen'] => ({
  [repository]: { digest, tag, pushedAt, outcome, reason: { code: 'new-image', text: '' }, policy: 'policy-1' },
});

const waiting = (...tags: string[]): Head['waiting'] => ({
  [repository]: tags.map((tag) => ({ candidate: candidate(tag, `waits-${tag}`), deployment: running({ tag }), until: at('13') })),
});

const head = (differs: Partial<Head>): Head => ({
  service: 'production/web',
  version: 1,
  enrolledAt: at('08'),
  verified: [],
  waiting: {},
  seen: {},
  barred: {},
  failures: [],
  owed: [],
  ...differs,
});

const versions: RawTags = { match: '^v?(?<key>.+)$', order: 'semver', range: '^1.2' };
const reason = { code: 'task-failures', text: '' } as const;

describe('a candidate', () => {
  it.each<[sentence: string, action: string, tags: RawTags, offered: Candidate, on: Partial<Head>]>([
    ['of a higher version deploys', 'deploy', versions, candidate('v1.10.0'), { current: running({ tag: 'v1.9.0' }) }],
    [
      'of a lower version is rejected, though pushed later',
      'older-than-seen',
      versions,
      candidate('v1.8.9'),
      { current: running({ tag: 'v1.9.0', pushedAt: at('09') }) },
    ],
    [
      'of a higher version deploys, though pushed before',
      'deploy',
      versions,
      candidate('v1.9.1', 'new', at('09')),
      { current: running({ tag: 'v1.9.0', pushedAt: at('10') }) },
    ],
    [
      'of the same version under another tag deploys where it was pushed later',
      'deploy',
      versions,
      candidate('1.9.0'),
      { current: running({ tag: 'v1.9.0', pushedAt: at('10') }) },
    ],
    [
      'of the same version under another tag is rejected where it was pushed before',
      'older-than-seen',
      versions,
      candidate('1.9.0', 'new', at('09')),
      { current: running({ tag: 'v1.9.0', pushedAt: at('10') }) },
    ],
    [
      'of the same version is new only after a rollout whose push is unknown',
      'deploy',
      versions,
      candidate('1.9.0'),
      { current: running({ tag: 'v1.9.0' }) },
    ],
    [
      'of the same version is old before a rollout whose push is unknown',
      'older-than-seen',
      versions,
      candidate('1.9.0', 'new', at('09')),
      { current: running({ tag: 'v1.9.0' }) },
    ],
    [
      'is measured against what is verified while the service goes back',
      'older-than-seen',
      versions,
      candidate('v1.8.0'),
      { current: { ...running({ tag: 'v1.9.0' }), state: 'rolling-back' }, verified: [running({ tag: 'v1.8.5' })] },
    ],
    [
      'between what is verified and what goes back is no longer old',
      'deploy',
      versions,
      candidate('v1.8.7'),
      {
        current: {
          ...running({ tag: 'v1.9.0' }),
          state: 'rolling-back',
          rollback: { to: 'one', taskDefinition: 'web:1', startedAt: at('11') },
        },
        verified: [running({ tag: 'v1.8.5' })],
      },
    ],
    [
      'older than what waits comes through before it',
      'deploy',
      versions,
      candidate('v1.9.1'),
      { current: running({ tag: 'v1.9.0' }), waiting: waiting('v1.10.0') },
    ],
    [
      'older than what waits has no place beside two',
      'older-than-seen',
      versions,
      candidate('v1.9.1'),
      { current: running({ tag: 'v1.9.0' }), waiting: waiting('v1.10.0', 'v1.11.0') },
    ],
    [
      'that waits itself is not barred by what waits',
      'deploy',
      versions,
      candidate('v1.9.1', 'waits-v1.9.1'),
      { current: running({ tag: 'v1.9.0' }), waiting: waiting('v1.9.1', 'v1.11.0') },
    ],
    [
      'that waits is rejected once a newer one runs',
      'older-than-seen',
      versions,
      candidate('v1.9.1', 'waits-v1.9.1'),
      { current: running({ tag: 'v1.9.2' }), waiting: waiting('v1.9.1') },
    ],
    [
      'to which the very tag of what runs was moved deploys, though pushed before',
      'deploy',
      versions,
      candidate('v1.9.0', 'new', at('09')),
      { current: running({ tag: 'v1.9.0', pushedAt: at('10') }) },
    ],
    [
      'of a glob to which the very tag was moved is measured by push time all the same',
      'older-than-seen',
      'main-*',
      candidate('main-9', 'new', at('09')),
      { current: running({ tag: 'main-9', pushedAt: at('10') }) },
    ],
    [
      'is not measured against a tag that the policy does not know',
      'deploy',
      versions,
      candidate('v1.4.0', 'new', at('09')),
      { current: running({ tag: 'latest', pushedAt: at('10') }) },
    ],
    [
      'is not measured against a version outside the range',
      'deploy',
      versions,
      candidate('v1.4.0'),
      { current: running({ tag: 'v2.0.0', pushedAt: at('10') }) },
    ],
    ['is not measured against a digest without a tag', 'deploy', versions, candidate('v1.4.0'), { current: running({}) }],
    [
      'is measured against what was decided last where nothing else has a place',
      'older-than-seen',
      versions,
      candidate('v1.4.0'),
      { current: running({}), seen: seen('v1.5.0', 'deployed') },
    ],
    [
      'that is newer than what was decided last deploys',
      'deploy',
      versions,
      candidate('v1.6.0'),
      { current: running({}), seen: seen('v1.5.0', 'deployed') },
    ],
    [
      'is measured against the baseline where what runs has no tag',
      'older-than-seen',
      versions,
      candidate('v1.4.0'),
      { current: running({}), seen: seen('v1.5.0', 'baseline') },
    ],
    [
      'is not measured against what was refused',
      'deploy',
      versions,
      candidate('v1.4.0'),
      { current: running({}), seen: seen('v1.5.0', 'rejected') },
    ],
    [
      'is not measured against what was rolled back',
      'deploy',
      versions,
      candidate('v1.4.0'),
      { current: running({}), seen: seen('v1.5.0', 'deployed'), barred: { decided: reason } },
    ],
    [
      'is not measured against the baseline where what runs has a place',
      'deploy',
      versions,
      candidate('v1.4.1'),
      { current: running({ tag: 'v1.4.0' }), seen: seen('v1.5.0', 'baseline') },
    ],
    [
      'is measured against the newest name of what runs',
      'older-than-seen',
      versions,
      candidate('v1.9.5'),
      { current: running({ tag: 'v1.9.0' }), seen: seen('v1.10.0', 'deployed', 'old') },
    ],
    [
      'that runs under an older name is noted under the newer',
      'note',
      versions,
      candidate('v1.10.0', 'old'),
      { current: running({ tag: 'v1.9.0' }), seen: seen('v1.9.0', 'deployed', 'old') },
    ],
    [
      'that runs under that name already is passed over',
      'skip',
      versions,
      candidate('v1.9.0', 'old'),
      { current: running({ tag: 'v1.9.0' }), seen: seen('v1.9.0', 'deployed', 'old') },
    ],
    [
      'whose old digest was given a newer tag deploys',
      'deploy',
      versions,
      candidate('v1.10.0', 'ancient', at('07')),
      { current: running({ tag: 'v1.9.0' }), seen: seen('v1.9.0', 'deployed', 'old') },
    ],
    [
      'that was in the registry at enrolment is noted',
      'note',
      versions,
      candidate('v1.10.0', 'new', at('08')),
      { current: running({ tag: 'v1.9.0' }) },
    ],
    [
      'of a glob is measured by push time',
      'older-than-seen',
      'main-*',
      candidate('main-9'),
      { current: running({ tag: 'main-8', pushedAt: at('12') }) },
    ],
    [
      'of a glob is not measured where no push time is known',
      'deploy',
      'main-*',
      candidate('main-9', 'new', at('09')),
      { current: running({ tag: 'main-8' }) },
    ],
    [
      'of another glob than before deploys whatever its age',
      'deploy',
      'release-*',
      candidate('release-1', 'new', at('09')),
      { current: running({ tag: 'main-8', pushedAt: at('10') }) },
    ],
    [
      'of one tag deploys whatever its age',
      'deploy',
      'latest',
      candidate('latest', 'new', at('09')),
      { current: running({ tag: 'latest', pushedAt: at('10') }) },
    ],
    [
      'of a higher number deploys',
      'deploy',
      { match: '^b(?<key>\\d+)$', order: 'numeric' },
      candidate('b10'),
      { current: running({ tag: 'b9' }) },
    ],
    [
      'of a lower number is rejected',
      'older-than-seen',
      { match: '^b(?<key>\\d+)$', order: 'numeric' },
      candidate('b9'),
      { current: running({ tag: 'b10' }) },
    ],
  ])('%s', (_, action, tags, offered, on) => {
    const policy = aPolicy({ images: [{ repository, tags: compileTags(tags) }] });
    const decision = decideCandidate({ head: head(on), candidate: offered, service: activeService(), quarantined: {} }, policy, now);
    expect(decision.action === 'reject' ? decision.reason.code : decision.action).toBe(action);
  });

  it.each<[tags: RawTags, older: string, newer: string, text: string]>([
    [versions, 'v1.9.0', 'v1.10.0', 'v1.10.0 is the higher version'],
    [{ order: 'numeric' }, '9', '10', '10 has the higher number'],
    [{ order: 'alphabetical' }, 'a', 'b', 'b is later in the alphabet'],
    [{ order: 'newest' }, 'a', 'b', 'b was pushed later'],
    [versions, '1.9.0', 'v1.9.0', 'v1.9.0 was pushed later'],
  ])('says by which order of %j it is older', (tags, older, newer, text) => {
    const policy = aPolicy({ images: [{ repository, tags: compileTags(tags) }] });
    const on = head({ current: running({ tag: newer, pushedAt: at('12') }) });
    const decision = decideCandidate({ head: on, candidate: candidate(older), service: activeService(), quarantined: {} }, policy, now);
    expect(decision).toEqual({ action: 'reject', reason: { code: 'older-than-seen', text } });
  });
});
