import { resumeDeployment } from './deploy-candidate.ts';
import { followService, type TakeBeyond } from './follow-service.ts';
import { commit, record } from './ledger.ts';
import { releaseWaiting, type ReleaseNeeds } from './release-waiting.ts';
import { verifyDeployment, type VerifyNeeds } from './verify-deployment.ts';
import { cancelWaiting } from '../decide/transitions/candidates.ts';
import { outdatedFailures } from '../decide/verdict.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { isPast, plusMs } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Invocation } from '../ports/invocation.ts';

export type AttendNeeds = VerifyNeeds & ReleaseNeeds;

const troubleMinutes = [1, 2, 4, 8, 15];

/** Does everything that is due for one service: what is owed, what its rollout did, what was begun and not ended, what waits. */
export async function attendService(needs: AttendNeeds, key: ServiceKey, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const head = await needs.heads.read(key);
  if (head?.dueAt === undefined || !isPast(head.dueAt, invocation.now)) return; // The index is eventually consistent.
  try {
    await attend(needs, head, policy, invocation);
  } catch (error) {
    invocation.log('work failed', { service: key, error: String(error) });
    await setBack(needs, key, error, policy, invocation);
  }
}

async function attend(needs: AttendNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  if (head.owed.length > 0) await record(needs, head, policy, invocation);
  if (!policy.managed) return letGo(needs, head, policy, invocation);
  const beyond: TakeBeyond = (found, current, step) =>
    step.action === 'verify' ? verifyDeployment(needs, found, current) : resumeDeployment(needs, found, current);
  const seen = await followService(needs, head.service, policy, invocation, beyond);
  const latest = seen?.head ?? head;
  if (latest.acting === undefined || isPast(latest.acting.until, invocation.now)) await releaseWaiting(needs, latest, policy, invocation);
  await forgetOutdated(needs, latest, policy, invocation);
  await lookLater(needs, head.service, policy, invocation);
}

// A look that found nothing to do moves dueAt all the same, or the head would be due for ever.
async function lookLater(needs: AttendNeeds, key: ServiceKey, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const head = await needs.heads.read(key);
  if (head?.dueAt === undefined || !isPast(head.dueAt, invocation.now) || head.owed.length > 0) return;
  await commit(needs, head, { change: head.trouble === undefined ? {} : { trouble: null }, told: [] }, policy, invocation);
}

async function forgetOutdated({ heads }: AttendNeeds, head: Head, { verify }: ServicePolicy, { now }: Invocation): Promise<void> {
  const outdated = outdatedFailures(head, verify, now);
  if (outdated.length > 0) await heads.forgetFailures(head.service, outdated);
}

/** `managed: false`: what waits is cancelled, and the head is never due again. What runs stays as it is. */
async function letGo(needs: AttendNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const reason = { code: 'let-go', text: 'the service is no longer managed' } as const;
  await commit(needs, head, cancelWaiting(head, reason, invocation.now), policy, invocation);
}

/** Work that fails moves its own head: 1 to 15 minutes, and holds up no other. */
async function setBack(needs: AttendNeeds, key: ServiceKey, error: unknown, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const head = await needs.heads.read(key);
  if (head === undefined) return;
  const count = (head.trouble?.count ?? 0) + 1;
  const minutes = troubleMinutes[Math.min(count, troubleMinutes.length) - 1] ?? 15;
  const trouble = { count, reason: String(error).slice(0, 500), until: plusMs(invocation.now, minutes * 60_000) };
  await commit(needs, head, { change: { trouble }, told: [] }, policy, invocation);
}
