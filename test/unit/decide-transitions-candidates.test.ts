import { describe, expect, it } from '@jest/globals';
import { rejectedId } from '../../lib/decide/transitions/candidate-record.ts';
import { beginDeployment, noteCandidate, rejectCandidate } from '../../lib/decide/transitions/candidates.ts';
import { cancelWaiting, letGoOf, supersedeWaiting, waitCandidate } from '../../lib/decide/transitions/waiting.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Head } from '../../lib/domain/head.ts';
import { aCandidate, aDeployment, ago, aHead, aTarget, aWaiting, now, revision } from '../fakes/decision-facts.ts';
import { aGlobPolicy, aPolicy } from '../fakes/policies.ts';

const reason = { code: 'new-image', text: 'it is new' } as const;
const tooSoon = { code: 'too-soon', text: 'once a minute' } as const;
const claim = { candidate: aCandidate(), reason, acting: { by: 'request-1', until: ago(-70_000) }, previousTaskDefinition: revision(1) };
const policy = aPolicy();
const states = (deployments: Deployment[]): string[] => deployments.map(({ id, state }) => `${id.slice(0, 20)} ${state}`);

describe('beginDeployment', () => {
  const steady = aHead({ current: aTarget() });

  it('claims the service, begins the record, and forgets failures', () => {
    const { change, told } = beginDeployment(steady, claim, policy, now);
    expect(change).toMatchObject({
      acting: claim.acting,
      failures: null,
      seen: { 'my-web-app': { digest: 'sha256:c', outcome: 'deployed' } },
    });
    expect(told).toEqual([change.current]);
    expect(change.current).toMatchObject({ state: 'deploying', previousTaskDefinition: revision(1), pushedAt: ago(60_000) });
    expect(change.current?.rolloutId).toBeUndefined();
    expect(change.current?.taskDefinition).toBeUndefined();
  });

  it('has the same id for the same claim, and another for the next', () => {
    const ids = [steady, steady, { ...steady, version: 8 }].map((head) => beginDeployment(head, claim, policy, now).change.current?.id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each<[name: string, expected: string[], current: Deployment]>([
    ['supersedes what is being deployed', ['deployment-2 superseded'], aDeployment()],
    ['supersedes what bakes', ['deployment-2 superseded'], aDeployment({ state: 'baking' })],
    ['ends what is on its way back', ['deployment-2 rolled-back'], aDeployment({ state: 'rolling-back' })],
    ['leaves a live one until the new one is live', [], aDeployment({ state: 'live' })],
    ['leaves a failed one', [], aDeployment({ state: 'failed' })],
  ])('%s', (_, expected, current) => {
    const { told } = beginDeployment(aHead({ current }), claim, policy, now);
    expect(states(told.slice(0, -1))).toEqual(expected);
  });

  it('goes on with the record of what waited, and supersedes what else waited', () => {
    const head = aHead({ current: aTarget(), waiting: { 'my-web-app': [aWaiting({ digest: 'sha256:d' }), aWaiting()] } });
    const { change, told } = beginDeployment(head, claim, policy, now);
    expect(change.current?.id).toBe('waiting-sha256:c');
    expect(change.waiting).toEqual({});
    expect(states(told)).toEqual(['waiting-sha256:d superseded', 'waiting-sha256:c deploying']);
  });

  it('leaves what waits for other repositories', () => {
    const others = { other: [aWaiting({ repository: 'other' })] };
    expect(beginDeployment(aHead({ waiting: others }), claim, policy, now).change.waiting).toEqual(others);
  });

  const both = aPolicy({
    images: ['my-web-app', 'proxy'].map((repository) => ({ repository, tags: { kind: 'tag', tag: 'latest' } as const })),
  });
  const images = { 'my-web-app': { digest: 'sha256:b' }, proxy: { digest: 'sha256:p' }, gone: { digest: 'sha256:g' } };
  it.each<[name: string, proxy: string | undefined, given: Partial<Head>]>([
    ['of what runs', 'sha256:p', { current: aDeployment({ images }) }],
    [
      'of the target, on the way back',
      'sha256:t',
      {
        current: aDeployment({
          images,
          state: 'rolling-back',
          rollback: { to: 'deployment-1', taskDefinition: revision(1), startedAt: ago(1) },
        }),
        verified: [aTarget({ images: { ...images, proxy: { digest: 'sha256:t' } } })],
      },
    ],
  ])('carries the images of the other configured repositories: %s', (_, proxy, given) => {
    const carried = beginDeployment(aHead(given), claim, both, now).change.current?.images;
    expect(carried).toMatchObject({ 'my-web-app': { digest: 'sha256:c' }, proxy: { digest: proxy } });
    expect(Object.keys(carried ?? {})).not.toContain('gone');
  });
});

describe('beginDeployment of one that waited', () => {
  it('puts it on record under the tag by which it comes through', () => {
    const head = aHead({ waiting: { 'my-web-app': [aWaiting()] } });
    const { change } = beginDeployment(head, { ...claim, candidate: aCandidate({ tag: 'main-9' }) }, policy, now);
    expect(change.current).toMatchObject({ id: 'waiting-sha256:c', images: { 'my-web-app': { tag: 'main-9' } } });
  });
});

describe('rejectCandidate', () => {
  const known = aDeployment({ id: 'known', state: 'rejected', reason: tooSoon });

  it('begins the one record of the digest, and tells it', () => {
    const { change, told } = rejectCandidate(aHead(), aCandidate(), reason, undefined, policy, now);
    expect(told).toMatchObject([{ id: rejectedId(aHead(), aCandidate()), state: 'rejected', reason }]);
    expect(change.seen).toMatchObject({ 'my-web-app': { outcome: 'rejected', policy: 'policy-1' } });
    expect(rejectedId(aHead({ version: 99 }), aCandidate({ tag: 'other' }))).toBe(told[0]?.id);
  });

  it.each<[name: string, told: number, quiet: number, before: Deployment]>([
    ['tells another reason', 1, 0, known],
    ['does not tell the same again', 0, 1, { ...known, reason }],
  ])('%s', (_, toldCount, quietCount, before) => {
    const { told, quiet = [] } = rejectCandidate(aHead(), aCandidate(), reason, before, policy, now);
    expect([told.length, quiet.length]).toEqual([toldCount, quietCount]);
    expect([...told, ...quiet][0]).toMatchObject({ id: 'known', reason });
  });

  it('ends the wait of one that waited, under its own record', () => {
    const head = aHead({ waiting: { 'my-web-app': [aWaiting(), aWaiting({ digest: 'sha256:d' })] } });
    const { change, told } = rejectCandidate(head, aCandidate(), reason, undefined, policy, now);
    expect(states(told)).toEqual(['waiting-sha256:c rejected']);
    expect(change.waiting?.['my-web-app']).toHaveLength(1);
  });

  it('tells the end of one that was told as waiting, though its digest was rejected for the same before', () => {
    const head = aHead({ waiting: { 'my-web-app': [aWaiting()] } });
    const { told, quiet } = rejectCandidate(head, aCandidate(), reason, { ...known, reason }, policy, now);
    expect(states(told)).toEqual(['waiting-sha256:c rejected']);
    expect(quiet).toBeUndefined();
  });

  it('leaves a newer one seen, unless only one tag counts', () => {
    const seen = { 'my-web-app': { digest: 'sha256:b', tag: 'main-5', pushedAt: ago(1), outcome: 'deployed', reason } as const };
    const older = aCandidate({ tag: 'main-4' });
    expect(rejectCandidate(aHead({ seen }), older, reason, undefined, aGlobPolicy(), now).change.seen).toBeUndefined();
    expect(rejectCandidate(aHead({ seen }), aCandidate(), reason, undefined, policy, now).change.seen).toBeDefined();
  });
});

const wait = (waiting: Head['waiting'], digest = 'sha256:c') =>
  waitCandidate(aHead({ waiting }), aCandidate({ digest }), tooSoon, ago(-60_000), policy, now);
const places = (transition: ReturnType<typeof wait>): string[] =>
  (transition.change.waiting?.['my-web-app'] ?? []).map(({ candidate }) => candidate.digest);

describe('waitCandidate', () => {
  it('takes the first place where that is free', () => {
    expect(places(wait({}))).toEqual(['sha256:c']);
    expect(wait({}).told).toMatchObject([{ state: 'waiting', reason: tooSoon }]);
  });

  it('takes the second behind the first', () => {
    expect(places(wait({ 'my-web-app': [aWaiting({ digest: 'sha256:1' })] }))).toEqual(['sha256:1', 'sha256:c']);
  });

  it('takes the second place of another, which is superseded', () => {
    const waits = wait({ 'my-web-app': [aWaiting({ digest: 'sha256:1' }), aWaiting({ digest: 'sha256:2' })] });
    expect(places(waits)).toEqual(['sha256:1', 'sha256:c']);
    expect(waits.told.map(({ state }) => state)).toEqual(['superseded', 'waiting']);
  });

  it('asked again, waits on without a word', () => {
    const waits = wait({ 'my-web-app': [aWaiting()] });
    expect(waits).toMatchObject({ told: [], quiet: [] });
    expect(waits.change.waiting?.['my-web-app']?.[0]?.until).toBe(ago(-60_000));
  });

  it('waiting for another reason, notes it quietly', () => {
    const waits = wait({ 'my-web-app': [aWaiting({}, 'busy')] });
    expect(waits.told).toEqual([]);
    expect(waits.quiet).toMatchObject([{ state: 'waiting', reason: tooSoon }]);
  });
});

describe('the end of a wait', () => {
  const waiting = {
    'my-web-app': [aWaiting(), aWaiting({ digest: 'sha256:d' })],
    other: [aWaiting({ repository: 'other', digest: 'sha256:o' })],
  };
  const head = aHead({ waiting });

  it('comes for one that a moved tag left behind', () => {
    const { change, told } = supersedeWaiting(head, aCandidate(), aCandidate({ digest: 'sha256:d' }), now);
    expect(states(told)).toEqual(['waiting-sha256:c superseded']);
    expect(change.waiting).toEqual({ ...waiting, 'my-web-app': [waiting['my-web-app'][1]] });
  });

  it('comes for one that the service runs already', () => {
    const { change, told } = noteCandidate(head, aCandidate(), 'deployed', reason, policy, now);
    expect(states(told)).toEqual(['waiting-sha256:c cancelled']);
    expect(change).toMatchObject({ seen: { 'my-web-app': { digest: 'sha256:c', outcome: 'deployed' } } });
  });

  it('comes for all of some repositories, or of all', () => {
    expect(cancelWaiting(head, reason, now, ['other'])).toMatchObject({
      change: { waiting: { 'my-web-app': waiting['my-web-app'] } },
      told: [{ state: 'cancelled' }],
    });
    expect(cancelWaiting(head, reason, now)).toMatchObject({ change: { waiting: {} }, told: [{}, {}, {}] });
  });

  it.each<[name: string, current: Deployment, ended: string[]]>([
    ['ends what is being deployed', aDeployment(), ['deployment-2 cancelled']],
    ['leaves what is live', aDeployment({ state: 'live' }), []],
  ])('comes with letting go, which %s', (_, current, ended) => {
    const { change, told } = letGoOf(aHead({ current }), { code: 'let-go', text: '' }, now);
    expect(states(told)).toEqual(ended);
    expect('current' in change).toBe(ended.length > 0);
    expect(change.obstacle?.code).toBe('let-go');
  });
});
