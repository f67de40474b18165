import { describe, expect, it } from '@jest/globals';
import { decideCandidate } from '../../lib/decide/candidate.ts';
import type { GateFacts } from '../../lib/decide/gates/gate.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Head, Seen } from '../../lib/domain/head.ts';
import { aCandidate, aDeployment, ago, aHead, anEmptyHead, aService, aTarget, aWaiting, now, revision } from '../fakes/decision-facts.ts';
import { aGlobPolicy, aPolicy } from '../fakes/policies.ts';

const crashed = { code: 'task-failures', text: 'it crashed' } as const;
const seen = (differing: Partial<Seen> = {}): Head['seen'] => ({
  'my-web-app': {
    digest: 'sha256:b',
    tag: 'latest',
    pushedAt: ago(660_000),
    outcome: 'deployed',
    reason: crashed,
    policy: 'policy-1',
    ...differing,
  },
});
const live = aDeployment({ state: 'live' });
const head = (differing: Partial<Head> = {}): Partial<GateFacts> => ({ head: aHead({ current: live, seen: seen(), ...differing }) });
const again = aCandidate({ digest: 'sha256:b' });

/** The action, the code of its reason, and the outcome that is noted. */
function spelled(given: Partial<GateFacts>, policy = aPolicy()): string {
  const facts = { head: aHead({ current: live, seen: seen() }), candidate: aCandidate(), service: aService(), quarantined: {}, ...given };
  const decision = decideCandidate(facts, policy, now);
  return [decision.action, decision.reason.code, ...(decision.action === 'note' ? [decision.outcome] : [])].join(' ');
}

const tagged = (deployment: Deployment, tag: string): Deployment => ({
  ...deployment,
  images: { 'my-web-app': { digest: 'sha256:b', ...deployment.images['my-web-app'], tag } },
});
const current = tagged(live, 'main-5');
const target = tagged(aTarget(), 'main-1');
const named = (differing: Partial<Seen> = {}): Head['seen'] => seen({ tag: 'main-5', ...differing });
const globHead = (differing: Partial<Head> = {}): Partial<GateFacts> => ({
  head: aHead({ current, verified: [target], seen: named(), ...differing }),
});
const pushedAgo = (ms: number, tag = 'main-6') => aCandidate({ tag, pushedAt: ago(ms) });
const older = pushedAgo(660_001, 'main-4');
const external = aDeployment({ state: 'live', images: { 'my-web-app': { digest: 'sha256:x' } } });
const onBaseline = globHead({ current: external, verified: [], seen: named({ outcome: 'baseline' }) });
const first = aWaiting({ digest: 'sha256:1', tag: 'main-6', pushedAt: ago(20) });
const waiting = { 'my-web-app': [first, aWaiting({ digest: 'sha256:d', tag: 'main-8', pushedAt: ago(10) })] };

describe('decideCandidate', () => {
  it.each<[name: string, expected: string, given: Partial<GateFacts>]>([
    ['deploys what is new', 'deploy new-image', {}],
    ['notes what was pushed before enrolment', 'note baseline baseline', { head: anEmptyHead({ enrolledAt: ago(60_000) }) }],
    ['lets what was pushed after it wait until what runs is on record', 'wait busy', { head: anEmptyHead({ enrolledAt: ago(60_001) }) }],
    ['skips what runs', 'skip already-running', { candidate: again }],
    [
      'notes what runs, where somebody else deployed it',
      'note already-running deployed',
      { ...head({ seen: {} }), candidate: aCandidate({ digest: 'sha256:b', pushedAt: ago(1) }) },
    ],
    [
      'notes what runs and still waits',
      'note already-running deployed',
      { ...head({ waiting: { 'my-web-app': [aWaiting({ digest: 'sha256:b' })] } }), candidate: again },
    ],
    ['skips what was rolled back, told again', 'skip already-decided', { ...head({ current: aTarget() }), candidate: again }],
    [
      'skips what was rejected under this policy',
      'skip already-decided',
      { ...head({ current: aTarget(), seen: seen({ outcome: 'rejected' }) }), candidate: again },
    ],
    [
      'asks again what was rejected under another',
      'deploy new-image',
      {
        ...head({ current: aTarget(), seen: seen({ outcome: 'rejected', policy: 'policy-0' }) }),
        service: aService({ id: 'ecs-svc/1', taskDefinition: revision(1) }),
        candidate: again,
      },
    ],
    [
      'does not ask again what was deployed under another',
      'skip already-decided',
      { ...head({ current: aTarget(), seen: seen({ policy: 'policy-0' }) }), candidate: again },
    ],
    [
      'skips a decided digest under another tag',
      'skip already-decided',
      { ...head({ current: aTarget() }), candidate: aCandidate({ digest: 'sha256:b', tag: 'other' }) },
    ],
    [
      'rejects a barred digest under another tag',
      'reject quarantined',
      {
        ...head({ current: aTarget() }),
        candidate: aCandidate({ digest: 'sha256:b', tag: 'other' }),
        quarantined: { 'sha256:b': crashed },
      },
    ],
    [
      'asks the gates for what waits',
      'deploy new-image',
      head({ waiting: { 'my-web-app': [aWaiting()] }, seen: seen({ digest: 'sha256:c', outcome: 'waiting' }) }),
    ],
    ['waits with the gates', 'wait too-soon', head({ updatedServiceAt: ago(1) })],
    ['rejects with the gates', 'reject service-missing', { service: undefined }],
    ['deploys an older image to which the tag moved', 'deploy new-image', { candidate: aCandidate({ pushedAt: ago(86_400_001) }) }],
  ])('of one tag %s', (_, expected, given) => {
    expect(spelled(given)).toBe(expected);
  });

  it.each<[name: string, expected: string, given: Partial<GateFacts>]>([
    ['deploys what was pushed later than what runs', 'deploy new-image', { candidate: pushedAgo(659_999) }],
    ['rejects what was pushed before it', 'reject older-than-seen', { candidate: older }],
    ['decides by the tag what was pushed in the same moment', 'deploy new-image', { candidate: pushedAgo(660_000) }],
    ['rejects then the earlier tag', 'reject older-than-seen', { candidate: pushedAgo(660_000, 'main-4') }],
    ['measures against what waits', 'reject older-than-seen', { ...globHead({ waiting }), candidate: pushedAgo(11, 'main-7') }],
    ['goes past what waits', 'deploy new-image', { ...globHead({ waiting }), candidate: pushedAgo(9, 'main-7') }],
    [
      'does not measure against what is being rolled back',
      'deploy new-image',
      { ...globHead({ current: { ...current, state: 'rolling-back' }, barred: { 'sha256:b': crashed } }), candidate: older },
    ],
    [
      'measures against what failed and runs still',
      'reject older-than-seen',
      { ...globHead({ current: { ...current, state: 'failed' } }), candidate: older },
    ],
    [
      'measures against what is verified',
      'reject older-than-seen',
      { ...globHead({ current: external }), candidate: pushedAgo(86_400_001) },
    ],
    ['measures against the baseline where only digests are known', 'reject older-than-seen', { ...onBaseline, candidate: older }],
    ['deploys past the baseline', 'deploy new-image', { ...onBaseline, candidate: pushedAgo(659_999) }],
  ])('of a glob %s', (_, expected, given) => {
    expect(spelled({ ...globHead(), ...given }, aGlobPolicy())).toBe(expected);
  });
});
