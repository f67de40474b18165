import { describe, expect, it } from '@jest/globals';
import { isKeptOut, isRunnerUp } from '../../lib/decide/runner-up.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { Candidate } from '../../lib/domain/image.ts';
import type { ReasonCode } from '../../lib/domain/reason.ts';
import { aDeployment, ago, aHead, aTarget } from '../fakes/decision-facts.ts';
import { aGlobPolicy, aPolicy } from '../fakes/policies.ts';

const repository = 'my-web-app';
const newest: Candidate = { repository, digest: 'sha256:d', tag: 'main-4', pushedAt: ago(60_000), origin: 'reconciliation' };
const next: Candidate = { repository, digest: 'sha256:c', tag: 'main-3', pushedAt: ago(120_000), origin: 'reconciliation' };
const running = { [repository]: { digest: 'sha256:b', tag: 'main-2', pushedAt: ago(660_000) } };
const head = aHead({ current: aDeployment({ state: 'live', images: running }), verified: [aTarget({ images: running })] });

const seen = (outcome: 'rejected' | 'deployed' | 'waiting', code: ReasonCode, digest = newest.digest): Head['seen'] => ({
  [repository]: { digest, tag: newest.tag, pushedAt: newest.pushedAt, outcome, reason: { code, text: '' } },
});
const ended = (state: Deployment['state'], code: ReasonCode = 'newer-candidate', digest = next.digest): Deployment =>
  aDeployment({ state, reason: { code, text: '' }, images: { [repository]: { digest } } });

describe('The newest is kept out', () => {
  it.each<[name: string, keptOut: boolean, differing: Partial<Head>]>([
    ['where its scan found too much', true, { seen: seen('rejected', 'scan-findings') }],
    ['where it is in quarantine', true, { seen: seen('rejected', 'quarantined') }],
    ['where it was rolled back', true, { seen: seen('deployed', 'new-image'), barred: { [newest.digest]: { code: 'barred', text: '' } } }],
    ['not where the service is missing, for it is so for every image', false, { seen: seen('rejected', 'service-missing') }],
    ['not in mode watch', false, { seen: seen('rejected', 'watch-only') }],
    ['not where it is older than what runs, for so are the others', false, { seen: seen('rejected', 'older-than-seen') }],
    ['not where it was deployed', false, { seen: seen('deployed', 'new-image') }],
    ['not where it waits', false, { seen: seen('waiting', 'scan-pending') }],
    ['not where another is seen', false, { seen: seen('rejected', 'scan-findings', 'sha256:e') }],
    ['not while it is being rolled back', false, { seen: seen('rejected', 'barred'), current: aDeployment({ state: 'rolling-back' }) }],
  ])('%s', (_, keptOut, differing) => {
    expect(isKeptOut({ ...head, ...differing }, newest)).toBe(keptOut);
  });
});

describe('The one after it may come through', () => {
  it.each<[name: string, may: boolean, differing: { head?: Partial<Head>; candidate?: Partial<Candidate>; history?: Deployment[] }]>([
    ['where nothing is on record of it', true, {}],
    ['where it gave way to the newer one', true, { history: [ended('superseded')] }],
    ['where it was rejected before, for the gates are asked again', true, { history: [ended('rejected', 'scan-findings')] }],
    ['whatever became of others', true, { history: [ended('cancelled', 'external', 'sha256:e')] }],
    ['not where somebody else deployed over it', false, { history: [ended('superseded', 'replaced-outside')] }],
    ['not where it was rolled back', false, { history: [ended('rolled-back')] }],
    ['not where it was cancelled', false, { history: [ended('cancelled')] }],
    ['not where it ran and was replaced', false, { history: [ended('replaced')] }],
    ['not where it runs', false, { candidate: { digest: 'sha256:b', tag: 'main-2', pushedAt: ago(660_000) } }],
    ['not where it is older than what runs', false, { candidate: { pushedAt: ago(660_001), tag: 'main-1' } }],
    ['not where it was there when the service was enrolled', false, { head: { enrolledAt: next.pushedAt } }],
    ['a millisecond after that it may', true, { head: { enrolledAt: ago(120_001) } }],
    [
      'not where somebody else has chosen what runs since it was pushed',
      false,
      { head: { current: aDeployment({ state: 'live', origin: 'external', images: running, createdAt: next.pushedAt }) } },
    ],
  ])('%s', (_, may, { head: differing = {}, candidate = {}, history = [] }) => {
    expect(isRunnerUp({ ...next, ...candidate }, { ...head, ...differing }, history, aGlobPolicy())).toBe(may);
  });

  it('never where one tag is followed, for only what it names is a candidate', () => {
    expect(isRunnerUp({ ...next, tag: 'latest' }, head, [], aPolicy())).toBe(false);
  });
});
