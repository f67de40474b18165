import { describe, expect, it } from '@jest/globals';
import { decideDeployCommand, type DeployCommandFacts } from '../../lib/decide/commands/deploy.ts';
import { passedOver } from '../../lib/decide/commands/passed-over.ts';
import { decideRollbackCommand, type RollbackCommandFacts } from '../../lib/decide/commands/rollback.ts';
import { dueAt } from '../../lib/decide/due.ts';
import { isOnRecord } from '../../lib/decide/gates/turn.ts';
import { cancelByHand, heldBy, leaveCommand, obeyed, resumeService } from '../../lib/decide/transitions/commands.ts';
import type { DeployCommand, RollbackCommand } from '../../lib/domain/command.ts';
import type { Head } from '../../lib/domain/head.ts';
import {
  aCandidate,
  aDeployment,
  aHead,
  aRollout,
  ago,
  anEmptyHead,
  aService,
  aTarget,
  aWaiting,
  now,
  revision,
} from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const rollback: RollbackCommand = { id: 'x', verb: 'rollback', service: 'production/web', actor: 'anna' };
const older = aTarget({ id: 'deployment-0', taskDefinition: revision(0), verifiedAt: ago(90_000_000) });
const ready = (...ids: string[]) => ids.map((deployment) => ({ deployment, ready: true }));
const live = aDeployment({ state: 'live' });
const back = aTarget({ reason: { code: 'returned-to-verified', text: 'x' } });
const acting = { by: 'another', until: ago(-60_000) };

const way: RollbackCommandFacts = {
  head: aHead({ verified: [aTarget(), older] }),
  service: aService(),
  readiness: ready('deployment-1', 'deployment-0'),
};
const on = (current: Head['current'], verified = [aTarget(), older]): Partial<RollbackCommandFacts> => ({
  head: current === undefined ? anEmptyHead() : aHead({ current, verified }),
});

/** `action target`, or `outcome code`. */
function rolledBack(facts: Partial<RollbackCommandFacts>, command: Partial<RollbackCommand> = {}, policy = aPolicy()): string {
  const decision = decideRollbackCommand({ ...way, ...facts }, { ...rollback, ...command }, policy, now);
  if (decision.action === 'go-back') return `back to ${decision.target.id}`;
  return decision.action === 'leave' ? 'left' : `${decision.result.outcome} ${decision.result.reason.code}`;
}

describe('a rollback by order', () => {
  it.each<[what: string, facts: Partial<RollbackCommandFacts>, command: Partial<RollbackCommand>, expected: string]>([
    ['leads from what is in flight to the newest verified', {}, {}, 'back to deployment-1'],
    ['leads from what bakes', on(aDeployment({ state: 'baking' })), {}, 'back to deployment-1'],
    ['leads from what is live', on(live), {}, 'back to deployment-1'],
    ['leads from what failed, and runs still', on(aDeployment({ state: 'failed' })), {}, 'back to deployment-1'],
    ['leads past what cannot start', { readiness: ready('deployment-0') }, {}, 'back to deployment-0'],
    ['leads to the named one', {}, { to: 'deployment-0' }, 'back to deployment-0'],
    ['leads further back where that is named', on(back, [back, older]), { to: 'deployment-0' }, 'left'],
    ['leads nowhere where nothing was verified', on(live, [live]), {}, 'refused no-target'],
    ['leads nowhere where nothing can start', { readiness: [] }, {}, 'refused no-target'],
    ['leads to no named one that cannot start', { readiness: ready('deployment-1') }, { to: 'deployment-0' }, 'refused no-target'],
    ['leads to nothing that was never verified', {}, { to: 'deployment-9' }, 'refused not-verified'],
    ['leads to nothing that is under judgement', {}, { to: 'deployment-2' }, 'refused not-verified'],
    ['is no rollback to what is live', on(live, [live, aTarget()]), { to: 'deployment-2' }, 'nothing-to-do already-running'],
    ['leads back once', on(back, [back, older]), {}, 'left'],
    ['is under way already', on(aDeployment({ state: 'rolling-back' })), {}, 'nothing-to-do rollback-under-way'],
    ['is under way elsewhere', on(aDeployment({ state: 'rolling-back' })), { to: 'deployment-0' }, 'refused rollback-under-way'],
    ['waits for whoever acts', { head: aHead({ acting }) }, {}, 'left'],
    ['waits for what is being started', on(withoutRollout()), {}, 'left'],
    ['waits until what runs is on record', { service: aService({ id: 'ecs-svc/9', taskDefinition: revision(9) }) }, {}, 'left'],
    ['is refused where nothing is on record', on(undefined), {}, 'refused nothing-on-record'],
    ['is refused where there is no service', { service: undefined }, {}, 'refused service-missing'],
    ['is refused for another kind of service', { service: aService({}, { controller: 'CODE_DEPLOY' }) }, {}, 'refused unsupported-kind'],
  ])('%s', (_, facts, command, expected) => {
    expect(rolledBack(facts, command)).toBe(expected);
  });

  const atTheTarget = aService({ id: 'ecs-svc/1', taskDefinition: revision(1) });

  it('leads back once, however often it is ordered; and further only where that is named', () => {
    const facts = { ...on(back, [back, older]), service: atTheTarget };
    expect(rolledBack(facts)).toBe('nothing-to-do rolled-back-already');
    expect(rolledBack(facts, { to: 'deployment-0' })).toBe('back to deployment-0');
  });

  it('is refused under mode: watch', () => {
    expect(rolledBack({}, {}, aPolicy({ mode: 'watch' }))).toBe('refused watch-only');
  });

  it('says who ordered it, and why', () => {
    expect(decideRollbackCommand(way, { ...rollback, reason: 'it is slow' }, aPolicy(), now)).toMatchObject({
      reason: { code: 'by-hand', text: 'anna ordered to go back to deployment deployment-1: it is slow' },
    });
  });
});

function withoutRollout() {
  const { rolloutId: _, ...current } = aDeployment();
  return current;
}

/** A deployment so young that ECS may not tell of it yet. */
function young() {
  return aDeployment({ rolloutId: 'ecs-svc/3', startedAt: ago(10_000), createdAt: ago(10_000), timeline: [] });
}

/** Its rollout completed, as an answer said that was late: somebody else's rollout had begun by then. */
function bakes() {
  const entered = { state: 'baking', reason: { code: 'rollout-completed', text: 'with 4 running tasks' }, at: ago(10_000) } as const;
  return aDeployment({ state: 'baking', createdAt: ago(200_000), startedAt: ago(200_000), timeline: [entered] });
}

function deployedOver() {
  const service = aService({ id: 'ecs-svc/9', taskDefinition: revision(9), createdAt: ago(12_000), updatedAt: ago(12_000) });
  return { ...service, rollouts: [...service.rollouts, aRollout({ status: 'ACTIVE', createdAt: ago(190_000), updatedAt: ago(12_000) })] };
}

/** An older one, of which an incident was noted a moment ago. */
function incident() {
  const noted = { state: 'deploying', reason: { code: 'incident', text: 'both fail alike' }, at: ago(10_000) } as const;
  return aDeployment({ startedAt: ago(600_000), createdAt: ago(600_000), timeline: [noted] });
}

describe('what runs is on record', () => {
  it.each<[what: string, service: ReturnType<typeof aService>, current: ReturnType<typeof aDeployment>, expected: boolean]>([
    ['where PRIMARY is the rollout of the record', aService(), aDeployment(), true],
    ['not where somebody deployed over it', aService({ id: 'ecs-svc/9', taskDefinition: revision(9) }), aDeployment(), false],
    [
      'where the record is younger than a lagging read',
      aService({ id: 'ecs-svc/1', taskDefinition: revision(1), updatedAt: ago(600_000) }),
      young(),
      true,
    ],
    [
      'not where only an incident was noted since somebody deployed over it',
      aService({ id: 'ecs-svc/9', taskDefinition: revision(9), createdAt: ago(120_000), updatedAt: ago(120_000) }),
      incident(),
      false,
    ],
    ['not where somebody deployed over it before the record of its bake, which was late', deployedOver(), bakes(), false],
    ['not where it is being started', aService(), withoutRollout(), false],
  ])('%s', (_, service, current, expected) => {
    expect(isOnRecord(aHead({ current }), service, now)).toBe(expected);
  });
});

const order: DeployCommand = { id: 'x', verb: 'deploy', service: 'production/web', actor: 'anna', image: 'v1' };
const steady = aHead({ current: live, updatedServiceAt: ago(600_000) });
const image: DeployCommandFacts = { head: steady, candidate: aCandidate(), service: aService(), quarantined: {}, newest: true };
const quarantined = { 'sha256:c': { code: 'task-failures', text: 'it crashed' } } as const;

/** `deploy`, with what is recorded; or `outcome code`. */
function deployed(facts: Partial<DeployCommandFacts>, command: Partial<DeployCommand> = {}, policy = aPolicy()): string {
  const decision = decideDeployCommand({ ...image, ...facts }, { ...order, ...command }, policy, now);
  if (decision.action === 'deploy')
    return `deploy${decision.holds ? ', hold' : ''}${decision.notes.length > 0 ? `, ${decision.notes.length} notes` : ''}`;
  return decision.action === 'leave' ? 'left' : `${decision.result.outcome} ${decision.result.reason.code}`;
}

describe('a deployment by order', () => {
  const hold = { since: ago(1000), actor: 'berta', reason: 'x' };
  const gated = aPolicy({ gates: { ageMs: 3_600_000, scan: { block: 'critical', waitMs: 600_000, otherwise: 'reject', allow: [] } } });

  it.each<
    [
      what: string,
      facts: Partial<DeployCommandFacts>,
      command: Partial<DeployCommand>,
      policy: ReturnType<typeof aPolicy>,
      expected: string,
    ]
  >([
    ['of the newest', {}, {}, aPolicy(), 'deploy'],
    ['of another holds it there', { newest: false }, {}, aPolicy(), 'deploy, hold'],
    ['goes past a hold', { head: { ...steady, hold } }, {}, aPolicy(), 'deploy'],
    ['is refused by a gate', {}, {}, gated, 'refused scan-pending'],
    ['goes past gates where that is ordered, on record', {}, { skipGates: true }, gated, 'deploy, 2 notes'],
    ['never goes past a quarantine', { quarantined }, { skipGates: true }, aPolicy(), 'refused quarantined'],
    ['never goes past a bar', { head: { ...steady, barred: quarantined } }, { skipGates: true }, aPolicy(), 'refused barred'],
    ['is refused under mode: watch', {}, {}, aPolicy({ mode: 'watch' }), 'refused watch-only'],
    ['is nothing to do where it runs', { candidate: aCandidate({ digest: 'sha256:b' }) }, {}, aPolicy(), 'nothing-to-do already-running'],
    ['waits for whoever acts', { head: { ...steady, acting } }, {}, aPolicy(), 'left'],
    ['waits for its minute', { head: { ...steady, updatedServiceAt: ago(59_999) } }, {}, aPolicy(), 'left'],
    ['waits no longer than that', { head: { ...steady, updatedServiceAt: ago(60_000) } }, {}, aPolicy(), 'deploy'],
    ['is refused where there is no service', { service: undefined }, {}, aPolicy(), 'refused service-missing'],
  ])('%s', (_, facts, command, policy, expected) => {
    expect(deployed(facts, command, policy)).toBe(expected);
  });
});

/** What was decided of the repository. */
const decidedAs = (outcome: Head['seen'][string]['outcome'], digest = 'sha256:c') => ({
  'my-web-app': { digest, tag: 'latest', pushedAt: ago(1000), outcome, reason: { code: 'new-image' as const, text: 'x' } },
});

describe('what was passed over', () => {
  it.each<[what: string, head: Partial<Head>, expected: string[]]>([
    ['the newest that was deployed and does not run', { seen: decidedAs('deployed') }, ['my-web-app']],
    ['not what runs', { seen: decidedAs('deployed', 'sha256:b') }, []],
    ['not what was rolled back', { seen: decidedAs('deployed'), barred: quarantined }, []],
    ['not what was rejected', { seen: decidedAs('rejected') }, []],
    ['not what a person let go of', { seen: decidedAs('cancelled') }, []],
    ['not what was there on the day of installation', { seen: decidedAs('baseline') }, []],
  ])('%s', (_, head, expected) => {
    expect(passedOver(aHead(head))).toEqual(expected);
  });
});

describe('a command on the head', () => {
  const result = { outcome: 'done', reason: { code: 'held', text: 'x' } } as const;
  const left = { ...rollback, leftAt: ago(1000) };

  it('is left, and due at once', () => {
    const { change } = leaveCommand(aHead(), left);
    expect(change.left).toEqual([left]);
    expect(dueAt({ ...aHead(), left: [left], trouble: { count: 1, reason: 'x', until: ago(-900_000) } }, aPolicy(), now)).toBe(
      now.toISOString(),
    );
    expect(dueAt({ ...aHead({ acting }), left: [left] }, aPolicy(), now)).toBe(acting.until);
  });

  it('is remembered, and left no longer', () => {
    const { change } = obeyed({ change: {}, told: [] }, aHead({ left: [left] }), rollback, result, now);
    expect(change).toMatchObject({ left: null, obeyed: [{ id: 'x', verb: 'rollback', actor: 'anna', outcome: 'done' }] });
  });

  it('keeps a hold that stands', () => {
    const hold = { since: ago(1000), actor: 'berta', reason: 'x' };
    expect(heldBy(aHead({ hold }), rollback, 'y', now)).toEqual(hold);
    expect(heldBy(aHead(), rollback, 'y', now)).toEqual({ since: now.toISOString(), actor: 'anna', reason: 'y' });
  });

  it('that resumes makes due what waits', () => {
    const { change } = resumeService(aHead({ waiting: { 'my-web-app': [aWaiting()] } }), now);
    expect(change.hold).toBeNull();
    expect(change.waiting?.['my-web-app']?.map(({ until }) => until)).toEqual([now.toISOString()]);
  });

  it('that cancels decides what waited, for good', () => {
    const waiting = aWaiting();
    const { digest, tag, pushedAt } = waiting.candidate;
    const seen = { 'my-web-app': { digest, tag, pushedAt, outcome: 'waiting' as const, reason: { code: 'too-soon' as const, text: 'x' } } };
    const reason = { code: 'cancelled', text: 'anna cancelled it' } as const;
    const { change, told } = cancelByHand(aHead({ waiting: { 'my-web-app': [waiting] }, seen }), reason, aPolicy(), now);
    expect(told).toMatchObject([{ state: 'cancelled', reason }]);
    expect(change.seen?.['my-web-app']).toMatchObject({ outcome: 'cancelled', policy: 'policy-1' });
  });
});
