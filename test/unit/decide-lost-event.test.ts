import { describe, expect, it } from '@jest/globals';
import { wasLost } from '../../lib/decide/lost-event.ts';
import type { Head, Seen } from '../../lib/domain/head.ts';
import type { Candidate } from '../../lib/domain/image.ts';
import { aDeployment, ago, aHead, now } from '../fakes/decision-facts.ts';
import { aGlobPolicy } from '../fakes/policies.ts';

const repository = 'my-web-app';
const candidate: Candidate = { repository, digest: 'sha256:c', tag: 'main-3', pushedAt: ago(60_000), origin: 'reconciliation' };
const seen = (differing: Partial<Seen> = {}): Head['seen'] => ({
  [repository]: {
    digest: 'sha256:b',
    tag: 'main-2',
    pushedAt: ago(660_000),
    outcome: 'deployed',
    reason: { code: 'new-image', text: '' },
    policy: 'policy-1',
    ...differing,
  },
});

describe('The event of what reconciliation brings up was lost', () => {
  it.each<[name: string, lost: boolean, differing: { head?: Partial<Head>; candidate?: Partial<Candidate>; digests?: string[] }]>([
    ['where nothing knows of it', true, {}],
    ['where nothing was seen yet', true, { head: { seen: {} } }],
    ['where it was seen under another tag, for the tag was moved', true, { head: { seen: seen({ digest: 'sha256:c' }) } }],
    ['not where it was seen, and is asked again', false, { head: { seen: seen({ digest: 'sha256:c', tag: 'main-3' }) } }],
    ['not where another configuration decided last', false, { head: { seen: seen({ policy: 'policy-0' }) } }],
    ['not where it was there at enrolment', false, { head: { enrolledAt: candidate.pushedAt } }],
    ['not where its event may be on its way still', false, { candidate: { pushedAt: ago(59_999) } }],
    ['not where it is on record', false, { digests: ['sha256:a', 'sha256:c'] }],
  ])('%s', (_, lost, { head = {}, candidate: differing = {}, digests = [] }) => {
    const history = digests.map((digest) => aDeployment({ images: { [repository]: { digest } } }));
    expect(wasLost({ ...candidate, ...differing }, aHead({ seen: seen(), ...head }), history, aGlobPolicy(), now)).toBe(lost);
  });
});
