import { describe, expect, it } from '@jest/globals';
import type { Gate, GateFacts } from '../../lib/decide/gates/gate.ts';
import { askGates } from '../../lib/decide/gates/gates.ts';
import { holdGate } from '../../lib/decide/gates/hold.ts';
import { kindGate } from '../../lib/decide/gates/kind.ts';
import { quarantineGate } from '../../lib/decide/gates/quarantine.ts';
import { turnGate } from '../../lib/decide/gates/turn.ts';
import { watchGate } from '../../lib/decide/gates/watch.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import { aCandidate, aDeployment, ago, aHead, anEmptyHead, aService, aTarget, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const steady = aTarget();
const crashed = { code: 'task-failures', text: 'it crashed' } as const;
const runsSteady = aService({ id: 'ecs-svc/1', taskDefinition: revision(1) });
const base: GateFacts = { head: aHead({ current: steady }), candidate: aCandidate(), service: runsSteady, quarantined: {} };
const head = (differing: Partial<Head>): Partial<GateFacts> => ({ head: aHead({ current: steady, ...differing }) });
const { rolloutId: _, ...begun } = aDeployment();
const goingBack = aDeployment({
  state: 'rolling-back',
  rollback: { to: 'deployment-1', taskDefinition: revision(1), startedAt: ago(5000) },
});

/** The answer, with the code of its reason and until when. */
function spelled(gate: Gate, given: Partial<GateFacts>, policy: Partial<ServicePolicy> = {}): string {
  const answer = gate({ ...base, ...given }, aPolicy(policy), now);
  if (answer.answer === 'pass') return 'pass';
  return [answer.answer, answer.reason.code, ...(answer.answer === 'wait' ? [answer.until] : [])].join(' ');
}

describe('kindGate', () => {
  it.each<[name: string, expected: string, service: GateFacts['service']]>([
    ['passes a service that ECS rolls', 'pass', aService()],
    ['rejects for a service that is missing', 'reject service-missing', undefined],
    ['rejects for one that drains', 'reject service-inactive', aService({}, { status: 'DRAINING' })],
    ['rejects for one that was deleted', 'reject service-inactive', aService({}, { status: 'INACTIVE' })],
    ['rejects for controller CODE_DEPLOY', 'reject unsupported-kind', aService({}, { controller: 'CODE_DEPLOY' })],
    ['rejects for controller EXTERNAL', 'reject unsupported-kind', aService({}, { controller: 'EXTERNAL' })],
    ['rejects for strategy BLUE_GREEN', 'reject unsupported-kind', aService({}, { strategy: 'BLUE_GREEN' })],
    ['rejects for strategy CANARY', 'reject unsupported-kind', aService({}, { strategy: 'CANARY' })],
  ])('%s', (_name, expected, service) => {
    expect(spelled(kindGate, { service })).toBe(expected);
  });
});

describe('quarantineGate', () => {
  it.each<[name: string, expected: string, given: Partial<GateFacts>]>([
    ['passes what nobody barred', 'pass', {}],
    [
      'passes though another digest is barred',
      'pass',
      { ...head({ barred: { 'sha256:b': crashed } }), quarantined: { 'sha256:b': crashed } },
    ],
    ['rejects what is in quarantine', 'reject quarantined', { quarantined: { 'sha256:c': crashed } }],
    ['rejects what this service rolled back', 'reject barred', head({ barred: { 'sha256:c': crashed } })],
    [
      'rejects what is being rolled back now',
      'reject barred',
      { ...head({ current: goingBack }), candidate: aCandidate({ digest: 'sha256:b' }) },
    ],
    [
      'passes the same digest while it is being deployed',
      'pass',
      { ...head({ current: aDeployment() }), candidate: aCandidate({ digest: 'sha256:b' }) },
    ],
  ])('%s', (_name, expected, given) => {
    expect(spelled(quarantineGate, given)).toBe(expected);
  });
});

describe('watchGate', () => {
  it('passes in mode deploy, and rejects in mode watch', () => {
    expect(spelled(watchGate, {})).toBe('pass');
    expect(spelled(watchGate, {}, { mode: 'watch' })).toBe('reject watch-only');
  });
});

describe('holdGate', () => {
  it('waits while a person holds the service, and asks again in an hour', () => {
    expect(spelled(holdGate, {})).toBe('pass');
    expect(spelled(holdGate, head({ hold: { since: ago(1000), actor: 'someone', reason: 'a demo' } }))).toBe(
      'wait on-hold 2026-11-23T13:00:00.000Z',
    );
  });
});

describe('turnGate', () => {
  it.each<[name: string, expected: string, given: Partial<GateFacts>]>([
    ['passes a steady service', 'pass', {}],
    ['waits for whoever acts', `wait busy ${ago(-5000)}`, head({ acting: { by: 'somebody', until: ago(-5000) } })],
    [
      'waits while the way back has not reached ECS',
      'wait rollback-under-way 2026-11-23T12:01:00.000Z',
      { ...head({ current: goingBack }), service: aService() },
    ],
    [
      'waits so too where ECS does not tell',
      'wait rollback-under-way 2026-11-23T12:01:00.000Z',
      { ...head({ current: goingBack }), service: undefined },
    ],
    [
      'passes as soon as PRIMARY runs the target',
      'pass',
      { ...head({ current: goingBack }), service: aService({ taskDefinition: revision(1) }) },
    ],
    ['waits until the tick has put on record what runs', 'wait busy 2026-11-23T12:00:00.000Z', { service: aService() }],
    [
      'waits where an act that was given up left nothing on record',
      'wait busy 2026-11-23T12:00:00.000Z',
      { head: anEmptyHead(), service: aService() },
    ],
    ['waits for a deployment that is being started', 'wait busy 2026-11-23T12:01:00.000Z', head({ current: begun })],
    ['waits until the last update is a minute old', `wait too-soon ${ago(-1)}`, head({ updatedServiceAt: ago(59_999) })],
    ['passes at that minute', 'pass', head({ updatedServiceAt: ago(60_000) })],
  ])('%s', (_name, expected, given) => {
    expect(spelled(turnGate, given)).toBe(expected);
  });
});

describe('askGates', () => {
  it.each<[name: string, expected: string, given: Partial<GateFacts>, policy: Partial<ServicePolicy>]>([
    ['passes where all do', 'pass', {}, {}],
    [
      'rejects for good before it waits',
      'reject quarantined',
      { ...head({ acting: { by: 'somebody', until: ago(-1) } }), quarantined: { 'sha256:c': crashed } },
      {},
    ],
    ['names the missing service first', 'reject service-missing', { service: undefined, quarantined: { 'sha256:c': crashed } }, {}],
    ['tells mode watch of what it would do, not of its turn', 'reject watch-only', head({ updatedServiceAt: ago(0) }), { mode: 'watch' }],
    [
      'names the hold before the turn',
      'wait on-hold 2026-11-23T13:00:00.000Z',
      head({ hold: { since: ago(1), actor: 'a', reason: 'b' }, updatedServiceAt: ago(0) }),
      {},
    ],
  ])('%s', (_name, expected, given, policy) => {
    expect(spelled(askGates, given, policy)).toBe(expected);
  });
});
