import { describe, expect, it } from '@jest/globals';
import { isReadinessDue, readinessFault } from '../../lib/decide/readiness.ts';
import type { Head } from '../../lib/domain/head.ts';
import { ago, aDeployment, aHead, aTarget, now } from '../fakes/decision-facts.ts';

const dayMs = 86_400_000;
const live = (verifiedMs: number) => aDeployment({ state: 'live', verifiedAt: ago(verifiedMs) });

describe('isReadinessDue', () => {
  it.each<[name: string, due: boolean, head: Partial<Head>]>([
    ['is a day after what is live was verified', true, { current: live(dayMs) }],
    ['is not a millisecond before', false, { current: live(dayMs - 1) }],
    ['is a day after it was asked', true, { current: live(9 * dayMs), readiness: { checkedAt: ago(dayMs) } }],
    ['is not a millisecond before that', false, { current: live(9 * dayMs), readiness: { checkedAt: ago(dayMs - 1) } }],
    ['is at each look while there is a fault', true, { current: live(9 * dayMs), readiness: { checkedAt: ago(1), fault: 'gone' } }],
    ['is not of one in flight', false, { current: aDeployment({ verifiedAt: ago(9 * dayMs) }) }],
    ['is not while somebody acts', false, { current: live(dayMs), acting: { by: 'x', until: ago(-1) } }],
  ])('%s', (_name, due, head) => {
    expect(isReadinessDue(aHead(head), now)).toBe(due);
  });
});

const ready = (deployment: string) => ({ deployment, ready: true });
const gone = (deployment: string) => ({ deployment, ready: false, why: 'it is archived' });

describe('readinessFault', () => {
  const verified = [live(dayMs), aTarget()];
  it.each<[name: string, fault: RegExp, head: Partial<Head>, asked: Parameters<typeof readinessFault>[1]]>([
    [
      'is none where what is live could start again',
      /^none$/,
      { current: live(dayMs), verified },
      [ready('deployment-2'), gone('deployment-1')],
    ],
    [
      'is that of what is live',
      /deployment-2, which cannot start: it is archived; it would go to deployment deployment-1/,
      { current: live(dayMs), verified },
      [gone('deployment-2'), ready('deployment-1')],
    ],
    [
      'is in guard that of the one before',
      /deployment-1, which cannot start: it is archived; there is nothing else/,
      { current: { ...live(dayMs), guardUntil: ago(-1) }, verified },
      [ready('deployment-2'), gone('deployment-1')],
    ],
    [
      'is none in guard where nothing was verified before',
      /^none$/,
      { current: { ...live(dayMs), guardUntil: ago(-1) }, verified: [live(dayMs)] },
      [gone('deployment-2')],
    ],
    ['is one where nothing is known of the target', /whether it can start is not known/, { current: live(dayMs), verified }, []],
  ])('%s', (_name, fault, head, asked) => {
    const told = readinessFault(aHead(head), asked, now);
    expect(told ?? 'none').toMatch(fault);
  });
});
