import { checkReadiness } from './check-readiness.ts';
import { resumeDeployment } from './deploy-candidate.ts';
import { followService, type TakeBeyond } from './follow-service.ts';
import { commit, record, withDue } from './ledger.ts';
import { obeyLeft } from './obey-left.ts';
import type { OffPeakNeeds } from './off-peak.ts';
import type { Found } from './context.ts';
import { learnOneWay } from './read-one-way.ts';
import { placeOf } from './owed.ts';
import { registerAnew } from './register-anew.ts';
import { releaseWaiting, type ReleaseNeeds } from './release-waiting.ts';
import { verifyDeployment, type VerifyNeeds } from './verify-deployment.ts';
import { noteLongWaits } from '../decide/transitions/long-wait.ts';
import { letGoOf } from '../decide/transitions/waiting.ts';
import { outdatedFailures } from '../decide/verdict.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head, Owed } from '../domain/head.ts';
import { isPast, plusMs, toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService } from '../domain/service.ts';
import { describeLongWait } from '../notifications/describe-deployment.ts';
import { describeLetGo, describeTrouble } from '../notifications/describe-event.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface SleepNeeds extends OffPeakNeeds {
  /** What lets services sleep and wakes them. Absent where none sleeps, so that its bundle carries nothing of it. */
  offPeak?: (needs: OffPeakNeeds, found: Found) => Promise<void>;
}

export type AttendNeeds = VerifyNeeds & ReleaseNeeds & SleepNeeds;

const troubleMinutes = [1, 2, 4, 8, 15];
const toldAtCount = 3;
/** The steps that no other function may take: they register revisions, or read what only the tick may. */
const beyondOthers = { verify: verifyDeployment, 'resume-deploy': resumeDeployment, 'register-anew': registerAnew };
const letGoReason: Reason = { code: 'let-go', text: 'the service is no longer managed' };

/** Does everything that is due for one service: what is owed, what its rollout did, what was begun and not ended, what waits. */
export async function attendService(needs: AttendNeeds, key: ServiceKey, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  try {
    const head = await needs.heads.read(key);
    if (head?.dueAt === undefined || !isPast(head.dueAt, invocation.now)) return; // The index is eventually consistent.
    await attend(needs, head, policy, invocation);
  } catch (error) {
    invocation.log('work failed', { service: key, error: String(error) });
    await setBack(needs, key, error, policy, invocation);
  }
}

async function attend(needs: AttendNeeds, due: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const head = await record(needs, due, policy, invocation); // What is owed.
  if (!policy.managed && head.current?.state !== 'rolling-back' && !isToWake(head)) return letGo(needs, head, policy, invocation);
  await learnOneWay(needs, { head, policy, invocation }); // Before a verdict, and once more for what only its verification tells.
  const beyond: TakeBeyond = (found, current, { action }) => beyondOthers[action](needs, found, current);
  const seen = await followService(needs, head.service, policy, invocation, beyond);
  const latest = seen?.head ?? head;
  await eachOf([
    () => goOn(needs, latest, policy, invocation),
    () => learnOneWay(needs, { head: latest, policy, invocation }),
    () => checkReadiness(needs, { head: latest, policy, invocation }),
    () => forgetOutdated(needs, latest, policy, invocation),
    () => sleepOrWake(needs, head.service, seen?.service, policy, invocation),
  ]);
  await lookLater(needs, head.service, policy, invocation);
}

// A service that was deleted while it slept has nothing to be woken for.
function isToWake({ sleep, obstacle }: Head): boolean {
  return sleep !== undefined && obstacle?.code !== 'service-missing' && obstacle?.code !== 'service-inactive';
}

// One that fails holds up none after it: where the registry answers nothing, a service wakes in the morning all the same.
async function eachOf(steps: (() => Promise<void>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => void faults.push(error));
  if (faults.length > 0) throw faults[0];
}

// What people ordered comes before what waits: it may be that nothing is to come through.
async function goOn(needs: AttendNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  if (head.acting !== undefined && !isPast(head.acting.until, invocation.now)) return;
  const ordered = (head.left?.length ?? 0) > 0;
  if (ordered) await obeyLeft(needs, policy, invocation);
  const latest = ordered ? await needs.heads.read(head.service) : head;
  if (latest !== undefined && policy.managed) await releaseWaiting(needs, latest, policy, invocation);
}

// What the steps before wrote decides whether it may sleep: read again. A service that is not there has nothing to sleep with.
async function sleepOrWake(
  needs: AttendNeeds,
  key: ServiceKey,
  service: ObservedService | undefined,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<void> {
  const head = needs.offPeak === undefined ? undefined : await needs.heads.read(key);
  if (head !== undefined && service !== undefined && head.obstacle === undefined)
    await needs.offPeak?.(needs, { head, service, policy, invocation });
}

// A look that found nothing to do moves dueAt all the same, or the head would be due for ever.
async function lookLater(needs: AttendNeeds, key: ServiceKey, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const head = await needs.heads.read(key);
  if (head?.dueAt === undefined || !isPast(head.dueAt, invocation.now)) return;
  // What is owed was refused a moment ago: it is not tried again now, only behind all others.
  if (head.owed.length > 0)
    await needs.heads.change(key, head.version, {
      ...(head.trouble?.told === undefined ? { trouble: null } : {}),
      dueAt: toInstant(invocation.now),
    });
  else await tellLongWaits(needs, head, policy, invocation);
}

async function tellLongWaits(needs: AttendNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const { change, overdue } = noteLongWaits(head, invocation.now);
  const context = { policy, table: needs.table, at: toInstant(invocation.now) };
  const owed = overdue.map((deployment): Owed => {
    const { until } = placeOf(head.waiting, deployment.id) ?? {};
    return { kind: 'message', notification: describeLongWait(deployment, { ...context, ...(until === undefined ? {} : { until }) }) };
  });
  const untroubled = head.trouble === undefined ? {} : { trouble: null };
  await commit(needs, withDue(head), { change: { ...change, ...untroubled }, told: [] }, policy, invocation, owed);
}

async function forgetOutdated({ heads }: AttendNeeds, head: Head, { verify }: ServicePolicy, { now }: Invocation): Promise<void> {
  const outdated = outdatedFailures(head, verify, now);
  if (outdated.length > 0) await heads.forgetFailures(head.service, outdated);
}

/** `managed: false`: what waits and what is not yet verified ends, people are told once, and the head is due no more. What runs stays as it is. */
async function letGo(needs: AttendNeeds, found: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const ordered = (found.left?.length ?? 0) > 0;
  if (ordered) await obeyLeft(needs, policy, invocation); // Refused, which is told: left for ever, it would keep the head due for ever.
  const head = ordered ? await needs.heads.read(found.service) : found;
  if (head === undefined) return;
  const at = toInstant(invocation.now);
  const message: Owed = { kind: 'message', notification: describeLetGo({ service: head.service, at }) };
  const owed = head.obstacle?.code === letGoReason.code ? [] : [message];
  await commit(needs, withDue(head), letGoOf(head, letGoReason, invocation.now), policy, invocation, owed);
}

/** Work that fails moves its own head: 1 to 15 minutes, and holds up no other. Failing again and again, it is told once. */
async function setBack(needs: AttendNeeds, key: ServiceKey, error: unknown, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  const head = await needs.heads.read(key);
  if (head === undefined) return;
  const count = (head.trouble?.count ?? 0) + 1;
  const minutes = troubleMinutes[Math.min(count, troubleMinutes.length) - 1] ?? 15;
  const at = toInstant(invocation.now);
  const told = count === toldAtCount ? at : head.trouble?.told;
  const failing = { count, reason: String(error).slice(0, 500), until: plusMs(at, minutes * 60_000) };
  const trouble = { ...failing, ...(told === undefined ? {} : { told }) };
  const notification = describeTrouble({ service: key, ...failing, at });
  const owed: Owed[] = count === toldAtCount ? [{ kind: 'message', notification }] : [];
  await commit(needs, withDue(head), { change: { trouble }, told: [] }, policy, invocation, owed);
}
