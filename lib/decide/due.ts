import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { plusMs, toInstant, type Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';

const minuteMs = 60_000;
/** A lost completion is found this late at most. */
export const lookInFlightMs = 2 * minuteMs;
/** An untested deployment, or a service that is not there, is looked at this often. */
export const lookIdleMs = 15 * minuteMs;
/** A lost external deployment of a quiet service is found this late at most. */
export const lookQuietMs = 60 * minuteMs;

/** When the tick is to look at a head again: the least of all that the head waits for. Undefined: never. */
export function dueAt(head: Omit<Head, 'version' | 'dueAt'>, policy: ServicePolicy, now: Date): Instant | undefined {
  if (head.acting !== undefined) return head.acting.until; // Nothing can be done while another acts; past it the tick takes over.
  if (head.trouble !== undefined) return head.trouble.until;
  if (!policy.managed && isLetGo(head)) return undefined;
  const waits = Object.values(head.waiting).flatMap((places) => places.map(({ until }) => until));
  const look = head.obstacle === undefined ? currentDue(head.current, policy, now) : plusMs(now, lookIdleMs);
  return [...(head.owed.length > 0 ? [toInstant(now)] : []), ...waits, look].toSorted()[0];
}

function isLetGo({ waiting, owed, current }: Omit<Head, 'version' | 'dueAt'>): boolean {
  const open = current?.state === 'deploying' || current?.state === 'baking' || current?.state === 'rolling-back';
  return !open && owed.length === 0 && Object.keys(waiting).length === 0;
}

function currentDue(current: Deployment | undefined, { verify }: ServicePolicy, now: Date): Instant {
  switch (current?.state) {
    case 'deploying':
      return current.rolloutId === undefined
        ? toInstant(now)
        : least(plusMs(current.startedAt ?? now, verify.timeoutMs), lookInFlightMs, now);
    case 'rolling-back':
      return current.rollback?.rolloutId === undefined
        ? toInstant(now)
        : least(plusMs(current.rollback.startedAt, verify.timeoutMs), lookInFlightMs, now);
    case 'baking':
      return current.bakeStartedAt === undefined ? plusMs(now, lookIdleMs) : plusMs(current.bakeStartedAt, verify.bakeMs);
    case undefined:
      return plusMs(now, lookIdleMs);
    default:
      return plusMs(now, lookQuietMs);
  }
}

function least(at: Instant, lookMs: number, now: Date): Instant {
  const look = plusMs(now, lookMs);
  return at < look ? at : look;
}
