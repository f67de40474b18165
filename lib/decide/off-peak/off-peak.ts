import { leftOf, restoredOf, takenFrom, type Restored } from './capacity.ts';
import { isWoken } from './is-woken.ts';
import { postponementOf } from './postponement.ts';
import { isYoung } from '../not-yet-seen.ts';
import type { Head } from '../../domain/head.ts';
import { isPast, plusMs, type Instant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Asleep, SleepLevel } from '../../domain/schedule.ts';
import type { ObservedService } from '../../domain/service.ts';
import type { Capacity, ScalableTarget, Sleep } from '../../domain/sleep.ts';

/** What its schedule and what people ordered say about a service now. */
export interface SleepDue {
  level: SleepLevel;
  since?: Instant;
  until?: Instant;
  reason: Reason;
}

export interface OffPeakFacts {
  head: Head;
  service: ObservedService;
  /** Undefined: it does not scale by itself. */
  target: ScalableTarget | undefined;
  due: SleepDue;
  /** Services that are to be awake before it and are not yet. */
  waitsFor: string[];
}

export interface OffPeakPolicy {
  asleep: Asleep;
  mode: ServicePolicy['mode'];
  /** False: it is let go of. */
  managed: boolean;
}

export type OffPeak =
  | { action: 'stay'; reason: string; again?: boolean }
  | { action: 'refuse'; reason: Reason }
  | { action: 'postpone'; reason: Reason }
  | { action: 'fall-asleep'; saved: Capacity; left: Capacity; reason: Reason }
  | { action: 'resume-sleep'; sleep: Sleep; restored: Restored }
  | { action: 'leave-scaled-up'; sleep: Sleep; desired: number }
  | { action: 'see-scaled-down'; sleep: Sleep }
  | { action: 'find-asleep'; sleep: Sleep }
  | { action: 'wake'; sleep: Sleep; restored: Restored }
  | { action: 'find-woken'; sleep: Sleep }
  | { action: 'tell-overdue'; sleep: Sleep }
  | { action: 'close'; sleep: Sleep }
  | { action: 'would-sleep'; saved: Capacity; left: Capacity; reason: Reason }
  | { action: 'would-wake'; sleep: Sleep };

const minuteMs = 60_000;
/** A service that is to wake before another is waited for so long at most. */
export const waitForMs = 15 * minuteMs;
/** Tasks that run no later than this after waking came up in time. */
export const comeUpMs = 10 * minuteMs;

/** What follows for a service from what is due, from what its head keeps and from what AWS tells. By level: whatever was missed is made up for. */
export function decideOffPeak(facts: OffPeakFacts, policy: OffPeakPolicy, now: Date): OffPeak {
  const { sleep } = facts.head;
  if (policy.mode === 'watch' && sleep === undefined) return watch(facts, policy);
  if (facts.due.level === 'awake') return sleep === undefined ? { action: 'stay', reason: 'it is awake' } : wake(facts, policy, sleep, now);
  if (sleep === undefined) return fallAsleep(facts, policy, now);
  if (policy.mode === 'watch' && sleep.state !== 'asleep') return wake({ ...facts, waitsFor: [] }, policy, sleep, now); // Nothing is lowered any more.
  if (sleep.state === 'waking') return sleepAgain(facts, policy, sleep, now);
  if (sleep.state !== 'asleep') return { action: 'resume-sleep', sleep, restored: restoredOf(sleep, facts.target) };
  return staysAsleep(facts, sleep, now);
}

// It was given back what it had, or is about to be. What it has by then is saved anew, and a deployment that it runs by then puts its sleep off.
function sleepAgain(facts: OffPeakFacts, policy: OffPeakPolicy, sleep: Sleep, now: Date): OffPeak {
  const { head, service, target } = facts;
  if (sleep.askedAt !== undefined && !isYoung(sleep.askedAt, now)) return { action: 'close', sleep };
  const runs = sleep.askedAt !== undefined || service.desiredCount > sleep.left.desired;
  if (runs && postponementOf(head, service) !== undefined) return wake(facts, policy, sleep, now);
  return { action: 'resume-sleep', sleep, restored: restoredOf(sleep, target) };
}

const daemon: Reason = { code: 'cannot-sleep', text: 'a DAEMON service takes no desired count, so it cannot sleep' };

// Told at its edges, and on record: what it would have saved is known before anything is changed.
function watch({ head, service, due }: OffPeakFacts, { asleep }: OffPeakPolicy): OffPeak {
  const { wouldSleep } = head;
  if (due.level === 'awake' && wouldSleep !== undefined) return { action: 'would-wake', sleep: wouldSleep };
  if (due.level === 'awake' || wouldSleep !== undefined) return { action: 'stay', reason: 'mode is watch' };
  if (service.daemon === true) return { action: 'refuse', reason: daemon };
  const saved = { desired: service.desiredCount };
  return { action: 'would-sleep', saved, left: leftOf(saved, asleep), reason: due.reason };
}

function fallAsleep({ head, service, target, due }: OffPeakFacts, { asleep }: OffPeakPolicy, now: Date): OffPeak {
  if (service.daemon === true) return { action: 'refuse', reason: daemon };
  // What is read now may be from before it woke: saved, it would be lost.
  if (head.wokenAt !== undefined && isYoung(head.wokenAt, now)) return { action: 'stay', reason: 'it woke a moment ago', again: true };
  const reason = postponementOf(head, service);
  if (reason !== undefined) return { action: 'postpone', reason };
  const saved = { desired: service.desiredCount, ...(target === undefined ? {} : { target }) };
  return { action: 'fall-asleep', saved, left: takenFrom(saved, asleep), reason: due.reason };
}

function staysAsleep({ head, service, target, due }: OffPeakFacts, sleep: Sleep, now: Date): OffPeak {
  const { askedAt, left, scaledUp } = sleep;
  const orderedSince = due.reason.code === 'override' ? head.override?.since : undefined;
  // An order is carried out once: later than that, somebody scaled it up in spite of it.
  const ordered = orderedSince !== undefined && orderedSince > (scaledUp?.since ?? askedAt ?? sleep.since);
  if (service.desiredCount <= left.desired)
    return scaledUp === undefined ? stillAsleep(sleep, ordered) : { action: 'see-scaled-down', sleep };
  if (askedAt !== undefined && isYoung(askedAt, now)) return { action: 'stay', reason: 'not yet seen', again: true };
  if (ordered) return { action: 'resume-sleep', sleep, restored: restoredOf(sleep, target) };
  if (scaledUp?.desired === service.desiredCount) return { action: 'stay', reason: 'somebody scaled it up: that holds until it wakes' };
  return { action: 'leave-scaled-up', sleep, desired: service.desiredCount };
}

// An order that finds it asleep is carried out by that: noted, or it would undo what somebody does later.
function stillAsleep(sleep: Sleep, ordered: boolean): OffPeak {
  return ordered ? { action: 'find-asleep', sleep } : { action: 'stay', reason: 'it is asleep' };
}

function wake({ service, target, due, waitsFor }: OffPeakFacts, { managed }: OffPeakPolicy, sleep: Sleep, now: Date): OffPeak {
  if (sleep.state === 'waking' && sleep.askedAt !== undefined) return confirm(service, sleep, sleep.askedAt, managed, now);
  // One that is let go of, or sleeps by no schedule any more, is awake since no hour: it waits for nobody.
  const waits = due.since !== undefined && !isPast(plusMs(due.since, waitForMs), now);
  if (waitsFor.length > 0 && waits) return { action: 'stay', reason: `it wakes after ${waitsFor.join(', ')}`, again: true };
  const restored = restoredOf(sleep, target);
  if (sleep.state === 'waking' && isWoken(sleep, service, target, restored)) return { action: 'find-woken', sleep };
  return { action: 'wake', sleep, restored };
}

// Nobody waits for ever for the tasks of a service that is let go of: that they did not come up was told.
function confirm(service: ObservedService, sleep: Sleep, askedAt: Instant, managed: boolean, now: Date): OffPeak {
  const seen = service.desiredCount >= (sleep.wokenTo ?? 0) || !isYoung(askedAt, now);
  const givenUp = !managed && sleep.overdue === true;
  if (seen && (service.runningCount >= service.desiredCount || givenUp)) return { action: 'close', sleep };
  if (sleep.overdue !== true && isPast(plusMs(askedAt, comeUpMs), now)) return { action: 'tell-overdue', sleep };
  return { action: 'stay', reason: 'its tasks come up', again: true };
}
