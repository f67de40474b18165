import { isAsked, mayAwait } from './one-way.ts';
import { longWaitAt } from './transitions/long-wait.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head, Waiting } from '../domain/head.ts';
import { isPast, plusMs, toInstant, type Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';

const minuteMs = 60_000;
/** A lost completion is found this late at most. */
export const lookInFlightMs = 2 * minuteMs;
/** An untested deployment, or a service that is not there, is looked at this often. */
export const lookIdleMs = 15 * minuteMs;
/** A lost external deployment of a quiet service is found this late at most. Each look writes the whole head: this is most of what a quiet fleet costs. */
export const lookQuietMs = 120 * minuteMs;

/** When the tick is to look at a head again: the least of all that the head waits for. Undefined: never. */
export function dueAt(head: Omit<Head, 'version' | 'dueAt'>, policy: ServicePolicy, now: Date): Instant | undefined {
  if (head.acting !== undefined) return head.acting.until; // Nothing can be done while another acts; past it the tick takes over.
  if ((head.left?.length ?? 0) > 0) return toInstant(now); // Somebody waits for it.
  if (head.trouble !== undefined) return head.trouble.until;
  if (!policy.managed && mayLetGo(head)) return toInstant(now);
  if (!policy.managed && isLetGo(head)) return undefined;
  const waits = Object.values(head.waiting).flatMap((places) =>
    places.flatMap((one) => [isReady(one, head, now) ? toInstant(now) : one.until, longWaitAt(one) ?? one.until]),
  );
  const look = head.obstacle === undefined ? currentDue(head.current, policy, now) : plusMs(now, lookIdleMs);
  const offPeak = offPeakDue(head, policy, now);
  return [...(head.owed.length > 0 ? [toInstant(now)] : []), ...waits, look, ...(offPeak === undefined ? [] : [offPeak])].toSorted()[0];
}

/** Whether a waiting candidate is to be asked again: a wait for whoever was acting ends with the act, not with the time that it might have taken. */
export function isReady({ until, deployment }: Waiting, { acting }: Pick<Head, 'acting'>, now: Date): boolean {
  return isPast(until, now) || (deployment.reason.code === 'busy' && acting === undefined);
}

function isLetGo({ waiting, owed, current, sleep, offPeakAt }: Omit<Head, 'version' | 'dueAt'>): boolean {
  return !isOpen(current) && sleep === undefined && offPeakAt === undefined && owed.length === 0 && Object.keys(waiting).length === 0;
}

// What kept it from being let go of has ended: it was on its way back, or asleep.
function mayLetGo({ current, sleep, obstacle }: Omit<Head, 'version' | 'dueAt'>): boolean {
  return !isOpen(current) && sleep === undefined && obstacle?.code !== 'let-go';
}

function isOpen(current: Deployment | undefined): boolean {
  return current?.state === 'deploying' || current?.state === 'baking' || current?.state === 'rolling-back';
}

// Where no schedule holds any more, or there is no service that could sleep, its hours come and go: each would be due for ever.
function offPeakDue(
  { sleep, offPeakAt, obstacle }: Omit<Head, 'version' | 'dueAt'>,
  policy: ServicePolicy,
  now: Date,
): Instant | undefined {
  if (obstacle !== undefined || (policy.managed && policy.offPeak === undefined && sleep === undefined)) return undefined;
  return sleep?.state === 'falling-asleep' ? toInstant(now) : offPeakAt;
}

function currentDue(current: Deployment | undefined, { verify }: ServicePolicy, now: Date): Instant {
  if (current === undefined) return toInstant(now); // What the service runs is to be adopted.
  if (current.oneWay?.awaited !== undefined && mayAwait(current, now)) return toInstant(now);
  const { state, rolloutId, startedAt, bakeStartedAt, tasksWantedAt, rollback } = current;
  if (state === 'deploying') return inFlight(rolloutId, startedAt ?? now, verify.timeoutMs, now);
  if (state === 'rolling-back') return inFlight(rollback?.rolloutId, rollback?.startedAt ?? now, verify.timeoutMs, now);
  // A live one whose images were not asked whether there is a way back is looked at soon, by which it is.
  if (state === 'live' && rolloutId !== undefined && !isAsked(current)) return plusMs(now, lookInFlightMs);
  if (state !== 'baking') return plusMs(now, lookQuietMs);
  if (bakeStartedAt !== undefined) return plusMs(bakeStartedAt, verify.bakeMs);
  return tasksWantedAt === undefined ? plusMs(now, lookIdleMs) : untestedDue(plusMs(tasksWantedAt, verify.timeoutMs), now);
}

// At the end of the time that its tasks have to come up, or as before where that is over and they lack room.
function untestedDue(overdueAt: Instant, now: Date): Instant {
  const idle = plusMs(now, lookIdleMs);
  return isPast(overdueAt, now) || overdueAt > idle ? idle : overdueAt;
}

// A rollout that is not on record yet is looked for at once; any other at its time-out, and now and then before.
function inFlight(rolloutId: string | undefined, startedAt: Instant | Date, timeoutMs: number, now: Date): Instant {
  if (rolloutId === undefined) return toInstant(now);
  return [plusMs(startedAt, timeoutMs), plusMs(now, lookInFlightMs)].toSorted()[0] ?? toInstant(now);
}
