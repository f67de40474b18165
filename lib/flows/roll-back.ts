import { claimBy, type Found, type LedgerNeeds, type Outcome } from './context.ts';
import { claim, commit, record, release } from './ledger.ts';
import { preflight, type PreflightNeeds } from './preflight.ts';
import { awaiting, mayAwait, oneWayBarrier, unreadable } from '../decide/one-way.ts';
import { chooseTarget, type Readiness } from '../decide/rollback-target.ts';
import { beginRollback, condemnedDigests, failDeployment, recordRollback, resumeRollback } from '../decide/transitions/rollback.ts';
import { leaveToRegister } from '../decide/transitions/register-anew.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { isOwnCause } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Head, Owed } from '../domain/head.ts';
import { toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { primaryRollout, type ObservedService } from '../domain/service.ts';
import { PermanentError } from '../errors.ts';
import type { ServiceRunner } from '../ports/services.ts';

export interface RollBackNeeds extends LedgerNeeds, PreflightNeeds {
  services: ServiceRunner;
}

/** Why a deployment is condemned, and the catalogue row behind it, where its tasks failed. */
export interface Condemnation {
  reason: Reason;
  row?: number | undefined;
  /** Looks at the task that failed, beside the way back: what it finds goes on record. */
  examine?: (target: Deployment | undefined) => Promise<Evidence>;
}

/** Puts the service back on the newest verified deployment that can start, and bars what failed. Without a target, or where it must not, it pages. */
export async function rollBack(
  needs: RollBackNeeds,
  found: Found,
  condemned: Deployment,
  why: Condemnation,
  checked?: Readiness[],
): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const current = { ...condemned, wanted: found.service.desiredCount };
  const refusal = mayNot(current, policy, why.reason);
  if (refusal !== undefined) return fail(needs, found, await examined(current, why), refusal, []);
  const choice = chooseTarget(head, checked ?? (await preflight(needs, head, policy)));
  if (choice.target === undefined) {
    const reason: Reason = { code: 'no-target', text: `${why.reason.text}. There is nothing to go back to: ${choice.why}` };
    return fail(needs, found, await examined(current, why), reason, quarantineFor(current, undefined, why, found));
  }
  const barrier = oneWayBarrier(head, current, choice.target);
  if (barrier !== undefined) {
    const reason: Reason = { code: 'rollback-disabled', text: `${why.reason.text}. Nothing is rolled back: ${barrier.text}` };
    return fail(needs, found, await examined(current, why), reason);
  }
  if (mayAwait(condemned, invocation.now)) return putOff(needs, found, condemned);
  const begun = beginRollback(head, unreadable(current), choice.target, why.reason, claimBy(invocation), invocation.now);
  const claimed = await claim(needs, head, begun, policy, invocation, quarantineFor(current, choice.target.images, why, found));
  if (claimed?.current === undefined) return 'again';
  invocation.log('rolling back', { service: head.service, deployment: current.id, to: choice.target.id, reason: why.reason });
  return walkBack(needs, { ...found, head: claimed }, claimed.current, why.examine?.(choice.target));
}

// Where an image says that there is no way back is not known yet: the tick asks, and decides again.
async function putOff(needs: RollBackNeeds, { head, policy, invocation }: Found, condemned: Deployment): Promise<Outcome> {
  invocation.log('not rolled back yet', {
    service: head.service,
    deployment: condemned.id,
    why: 'whether there is a way back was not read',
  });
  const current = awaiting(condemned, invocation.now);
  return (await commit(needs, head, { change: { current }, told: [] }, policy, invocation)) === undefined ? 'again' : 'later';
}

// Nothing is to be done for the service: people get the evidence with the page.
async function examined(current: Deployment, { examine }: Condemnation): Promise<Deployment> {
  const evidence = await examine?.(undefined);
  return evidence === undefined ? current : { ...current, evidence };
}

/** Goes on with a rollback whose claim was written and whose act was not, or is not known of. Repeated, it changes nothing in ECS. */
export async function resumeRollBack(needs: RollBackNeeds, found: Found, condemned: Deployment): Promise<Outcome> {
  const refusal = mayNot(condemned, found.policy, condemned.reason); // The configuration may have changed since the claim.
  if (refusal !== undefined) return fail(needs, found, condemned, refusal);
  const { head, policy, invocation } = found;
  const resumed = resumeRollback(condemned, claimBy(invocation), invocation.now);
  const claimed = await claim(needs, head, resumed, policy, invocation);
  return claimed?.current === undefined ? 'again' : walkBack(needs, { ...found, head: claimed }, claimed.current);
}

/** Tells ECS to go back as the claim says, and records what it answered. */
export async function walkBack(
  needs: RollBackNeeds,
  { head, policy, invocation }: Found,
  condemned: Deployment,
  examination?: Promise<Evidence>,
): Promise<Outcome> {
  const to = condemned.rollback?.taskDefinition ?? '';
  const owed = head.owed.flatMap((one) => (one.kind === 'quarantine' ? [needs.quarantine.add(one.entry)] : []));
  const [ran, looked] = await Promise.allSettled([needs.services.run(condemned.service, to), examination, ...owed]); // What the table refuses stays owed.
  const tryAgain = async (error: unknown): Promise<never> => {
    await release(needs, head, policy, invocation);
    throw error;
  };
  if (ran.status === 'rejected' && !(ran.reason instanceof PermanentError)) return tryAgain(ran.reason);
  const inactive = ran.status === 'rejected' && (await isInactive(needs, to).catch(tryAgain));
  await record(needs, head, policy, invocation, (latest) => {
    if (latest.current?.id !== condemned.id) return undefined;
    const known = evident(latest.current, looked);
    return inactive ? leaveToRegister(known) : walked(latest, known, ran, invocation.now);
  });
  return 'done';
}

function evident(condemned: Deployment, looked: PromiseSettledResult<Evidence | undefined>): Deployment {
  const evidence = looked.status === 'fulfilled' ? looked.value : undefined;
  return evidence === undefined ? condemned : { ...condemned, evidence };
}

// ECS takes no revision that is INACTIVE; who may register a copy goes on with it. Where that cannot be told now, the refusal is not the end of it.
async function isInactive({ taskDefinitions }: RollBackNeeds, arn: string): Promise<boolean> {
  const definition = await taskDefinitions.read(arn).catch((error: unknown) => {
    if (error instanceof PermanentError) return undefined;
    throw error;
  });
  return definition?.active === false;
}

// An answer without PRIMARY is no refusal: the next look finds what the service runs.
function walked(head: Head, condemned: Deployment, ran: PromiseSettledResult<ObservedService>, now: Date): Transition {
  if (ran.status === 'rejected') {
    const text = `ECS refused the way back: ${ran.reason instanceof Error ? ran.reason.message : String(ran.reason)}`;
    return failDeployment(head, condemned, { code: 'rollback-failed', text }, now);
  }
  const rollout = primaryRollout(ran.value);
  return rollout === undefined ? { change: { acting: null }, told: [] } : recordRollback(condemned, rollout);
}

/** Ends the deployment as failed and pages; whatever is to be barred is owed from the same write on. */
export async function fail(
  needs: LedgerNeeds,
  { head, policy, invocation }: Found,
  current: Deployment,
  reason: Reason,
  owed: Owed[] = [],
): Promise<Outcome> {
  invocation.log('failed', { service: head.service, deployment: current.id, reason });
  const written = await commit(needs, head, failDeployment(head, current, reason, invocation.now), policy, invocation, owed);
  return written === undefined ? 'again' : 'done';
}

/** The quarantine entries that a condemnation owes; none where the cause is not the image's own, or was told as an incident and is all the evidence. */
export function quarantineFor(
  current: Deployment,
  target: Deployment['images'] | undefined,
  { reason, row }: Condemnation,
  { invocation }: Found,
): Owed[] {
  const incident = current.incidentAt !== undefined && reason.code !== 'task-failures';
  if (incident || !isOwnCause(row)) return [];
  const since = toInstant(invocation.now);
  return condemnedDigests(current, target).map((digest): Owed => ({
    kind: 'quarantine',
    entry: { digest, since, service: current.service, deployment: current.id, reason },
  }));
}

/** Why nothing is changed in AWS for a condemned deployment; undefined where it is to be rolled back. */
export function mayNot(current: Deployment, { mode, verify }: ServicePolicy, { text }: Reason): Reason | undefined {
  if (mode === 'watch') return { code: 'watch-only', text: `${text}. Mode is watch: nothing is rolled back` };
  if (current.rollback?.actor !== undefined) return undefined; // A person ordered it.
  if (current.origin === 'external' && verify.external === 'tell')
    return { code: 'rollback-disabled', text: `${text}. Somebody else deployed it, and verify.external is tell` };
  return verify.rollback ? undefined : { code: 'rollback-disabled', text: `${text}. verify.rollback is false` };
}
