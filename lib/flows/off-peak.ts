import { type Found, type LedgerNeeds } from './context.ts';
import { fallAsleep, ranBy, resumeSleeping, wakeUp, type ScalingNeeds } from './change-capacity.ts';
import { commit } from './ledger.ts';
import { levelDue, waitsFor } from './off-peak-due.ts';
import { decideOffPeak, type OffPeak, type SleepDue } from '../decide/off-peak/off-peak.ts';
import {
  beginWatchedSleep,
  closeSleep,
  counted,
  findAsleep,
  leaveScaledUp,
  noteOverdue,
  postponeSleep,
  recordWaking,
  seeScaledDown,
  withoutPastOrder,
} from '../decide/transitions/sleep.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import type { Head, HeadChange } from '../domain/head.ts';
import { isPast, msBetween, plusMs, toInstant, type Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import { placeOf } from '../notifications/place.ts';
import type { Configuration, ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { Asleep } from '../domain/schedule.ts';
import {
  describeAsleep,
  describeAwake,
  describePostponed,
  describeScaledUp,
  describeSleepless,
  describeWokenLate,
} from '../notifications/describe-sleep.ts';
import type { Scaling } from '../ports/scaling.ts';
import type { SleepLog } from '../ports/sleep-log.ts';

export interface OffPeakNeeds extends LedgerNeeds {
  configuration: Configuration;
  /** Absent where no service sleeps. */
  scaling?: Scaling;
  sleepLog?: SleepLog;
}

const minuteMs = 60_000;
/** Falling asleep that is put off for longer is told. */
const putOffMs = 30 * minuteMs;
const sleepsAgain: Reason = { code: 'sleep-postponed', text: 'it was woken, and is to sleep again' };

/** Lets a service fall asleep and wakes it, as its schedule and people say: whatever tick comes first after an edge, or long after it. */
export async function attendOffPeak({ scaling, ...needs }: OffPeakNeeds, looked: Found): Promise<void> {
  const { head, policy } = looked;
  if (scaling === undefined || (policy.offPeak === undefined && (head.sleep ?? head.wouldSleep) === undefined)) return;
  if (head.acting !== undefined && !isPast(head.acting.until, looked.invocation.now)) return;
  const found = sinceOrdered(looked);
  const { invocation } = found;
  const due = levelDue(needs.configuration, head, policy, invocation.now);
  const step = await decided({ ...needs, scaling }, found, due);
  if (step.action !== 'stay') invocation.log('off-peak', { service: head.service, action: step.action, reason: due.reason });
  await take({ ...needs, scaling }, found, due, step);
}

// What is ordered while a tick is at work, or by a clock ahead of its own, holds by now: decided as of before it, the order would be put off to the next edge.
function sinceOrdered(looked: Found): Found {
  const { head, invocation } = looked;
  const behindMs = head.override === undefined ? 0 : msBetween(invocation.now, head.override.since);
  if (behindMs <= 0) return looked;
  const now = new Date(invocation.now.getTime() + behindMs);
  return { ...looked, invocation: { ...invocation, now, timeoutMs: invocation.timeoutMs - behindMs } }; // It ends when it did.
}

type Needs = Omit<OffPeakNeeds, 'scaling'> & ScalingNeeds;

async function decided(needs: Needs, { head, service, policy, invocation }: Found, due: SleepDue): Promise<OffPeak> {
  const idle = (due.level === 'awake' || policy.mode === 'watch') && head.sleep === undefined;
  const target = idle ? undefined : await needs.scaling.target(head.service);
  const first = due.level === 'awake' && head.sleep !== undefined ? await waitsFor(needs, policy, invocation.now) : [];
  const asleep = asleepOf(needs.configuration, policy);
  return decideOffPeak(
    { head, service, target, due, waitsFor: first },
    { asleep, mode: policy.mode, managed: policy.managed },
    invocation.now,
  );
}

// One step a look: whoever takes one makes the head due for the next.
async function take(needs: Needs, found: Found, due: SleepDue, step: OffPeak): Promise<void> {
  const { head, service, invocation } = found;
  const { now } = invocation;
  const facts = { service: head.service, at: toInstant(now), until: due.until };
  switch (step.action) {
    case 'stay':
      return lookAgain(needs, found, step.again === true ? plusMs(now, minuteMs) : due.until);
    case 'refuse':
      if (head.sleepless?.code === step.reason.code) return lookAgain(needs, found, due.until);
      return note(
        needs,
        found,
        { change: { sleepless: step.reason, offPeakAt: due.until ?? null }, told: [] },
        describeSleepless(step.reason, facts),
      );
    case 'postpone':
      return postpone(needs, found, step.reason);
    case 'fall-asleep':
      return fallAsleep(needs, found, step, due.until);
    case 'resume-sleep':
      return resumeSleeping(needs, found, { ...step, asleep: asleepOf(needs.configuration, found.policy) }, due.until);
    case 'wake':
      return wakeUp(needs, found, step);
    case 'find-woken':
      return note(needs, found, recordWaking(step.sleep, now));
    case 'leave-scaled-up':
      return note(needs, found, leaveScaledUp(step.sleep, step.desired, now), describeScaledUp(step.sleep, step.desired, facts));
    case 'see-scaled-down':
      return note(needs, found, seeScaledDown(step.sleep, service.desiredCount, now));
    case 'find-asleep':
      return note(needs, found, findAsleep(step.sleep, now));
    case 'tell-overdue':
      return note(
        needs,
        found,
        noteOverdue(step.sleep, now),
        describeWokenLate(step.sleep, service.runningCount, { ...facts, place: place(head) }),
      );
    case 'would-sleep':
      return watchSleep(needs, found, step, due.until);
    case 'would-wake':
      return close(needs, found, due, { sleep: counted(step.sleep, step.sleep.saved.desired, now) });
    case 'close':
      return close(needs, found, due, step);
    default:
      step satisfies never;
  }
}

function watchSleep(
  needs: Needs,
  found: Found,
  step: Extract<OffPeak, { action: 'would-sleep' }>,
  until: Instant | undefined,
): Promise<void> {
  const { service, invocation } = found;
  const { saved, left, reason } = step;
  const { wouldSleep, transition } = beginWatchedSleep(saved, left, ranBy(service), reason, until, invocation.now);
  const message = describeAsleep(wouldSleep, { service: service.key, at: toInstant(invocation.now), until });
  return note(needs, found, transition, saved.desired === left.desired ? undefined : message);
}

// It goes on record before its head forgets it: written again after a crash, it is the same.
async function close(needs: Needs, found: Found, due: SleepDue, { sleep }: { sleep: Head['sleep'] & object }): Promise<void> {
  const { head, service, policy, invocation } = found;
  const { now } = invocation;
  const again = due.level === 'asleep'; // It is to sleep by now, which is told when it does.
  const reason = again ? sleepsAgain : due.reason;
  const message = describeAwake(sleep, service.runningCount, reason, { service: head.service, at: toInstant(now) });
  const slept = sleep.saved.desired !== sleep.left.desired;
  if (slept) await needs.sleepLog?.write(head.service, sleep, plusMs(invocation.now, policy.historyMs));
  const nothing = (again || !slept) && (sleep.changes ?? []).length === 0;
  return note(needs, found, closeSleep(policy.managed && !again ? due.until : toInstant(now), now), nothing ? undefined : message);
}

function postpone(needs: Needs, found: Found, reason: Parameters<typeof postponeSleep>[1]): Promise<void> {
  const { head, invocation } = found;
  const { postponed } = head;
  const long = postponed !== undefined && isPast(plusMs(postponed.since, putOffMs), invocation.now);
  const told = long || postponed?.told === true;
  const message =
    long && postponed.told !== true
      ? describePostponed({ ...postponed, reason }, { service: head.service, at: toInstant(invocation.now) })
      : undefined;
  return note(needs, found, postponeSleep(head, reason, told, invocation.now), message);
}

async function note(needs: Needs, { head, policy, invocation }: Found, transition: Transition, notification?: Notification): Promise<void> {
  const owed = notification === undefined ? [] : [{ kind: 'message' as const, notification }];
  await commit(needs, head, withoutPastOrder(transition, head, invocation.now), policy, invocation, owed);
}

// What no longer holds is forgotten by the way.
async function lookAgain(needs: Needs, found: Found, at: Instant | undefined): Promise<void> {
  const { head, policy, invocation } = found;
  const change: HeadChange = {
    ...(head.offPeakAt === at ? {} : { offPeakAt: at ?? null }),
    ...(head.postponed === undefined ? {} : { postponed: null }),
    ...(head.wouldSleep === undefined || policy.mode === 'watch' ? {} : { wouldSleep: null }),
  };
  const looked = withoutPastOrder({ change, told: [] }, head, invocation.now);
  if (Object.keys(looked.change).length > 0) await note(needs, found, looked);
}

function asleepOf({ schedules }: Configuration, { offPeak }: ServicePolicy): Asleep {
  return schedules?.[offPeak?.schedule ?? '']?.asleep ?? { min: 0, desired: 0 };
}

function place({ current }: Head) {
  return current === undefined ? undefined : placeOf(current);
}
