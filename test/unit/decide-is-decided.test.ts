import { describe, expect, it } from '@jest/globals';
import { isDecided } from '../../lib/decide/is-decided.ts';
import type { Seen } from '../../lib/domain/head.ts';
import type { ReasonCode } from '../../lib/domain/reason.ts';
import { aPolicy } from '../fakes/policies.ts';

const policy = aPolicy({ hash: 'policy-1' });
const seen = (outcome: Seen['outcome'], code: ReasonCode, under = 'policy-1'): Seen => ({
  digest: 'sha256:b',
  tag: 'latest',
  pushedAt: '2026-11-23T11:00:00.000Z',
  outcome,
  reason: { code, text: 'told' },
  policy: under,
});

describe('What is seen', () => {
  it.each<[outcome: Seen['outcome'], code: ReasonCode]>([
    ['deployed', 'new-image'],
    ['baseline', 'baseline'],
    ['rejected', 'quarantined'],
    ['rejected', 'barred'],
    ['rejected', 'scan-findings'],
    ['rejected', 'older-than-seen'],
    ['rejected', 'aws-refused'],
    ['rejected', 'watch-only'],
  ])('is decided when %s for %s', (outcome, code) => {
    expect(isDecided(seen(outcome, code), policy, undefined)).toBe(true);
  });

  it.each<[outcome: Seen['outcome'], code: ReasonCode]>([
    ['waiting', 'scan-pending'],
    ['rejected', 'service-missing'],
    ['rejected', 'service-inactive'],
    ['rejected', 'unsupported-kind'],
    ['rejected', 'no-container'],
    ['rejected', 'platform-mismatch'],
    ['rejected', 'carries-quarantined'],
    ['rejected', 'scan-missing'],
    ['rejected', 'scan-overdue'],
    ['rejected', 'scan-unusable'],
    ['rejected', 'image-missing'],
  ])('is asked again when %s for %s', (outcome, code) => {
    expect(isDecided(seen(outcome, code), policy, undefined)).toBe(false);
  });

  it('is asked again when another policy rejected it', () => {
    expect(isDecided(seen('rejected', 'scan-findings', 'policy-0'), policy, undefined)).toBe(false);
  });

  it('is decided while what kept it out stands in the head, and asked again beside another obstacle', () => {
    expect(isDecided(seen('rejected', 'service-missing'), policy, { code: 'service-missing', text: '' })).toBe(true);
    expect(isDecided(seen('rejected', 'service-missing'), policy, { code: 'service-inactive', text: '' })).toBe(false);
  });
});
