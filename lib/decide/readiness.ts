import type { Readiness } from './rollback-target.ts';
import { isUnderWatch } from './verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import { isPast, plusMs } from '../domain/instant.ts';

const checkMs = 24 * 60 * 60_000;

/** Whether it is time to ask whether a rollback would find its target: about daily, and at each look while it would not. */
export function isReadinessDue({ current, readiness, acting }: Head, now: Date): boolean {
  if (current?.state !== 'live' || acting !== undefined) return false;
  if (readiness?.fault !== undefined) return true;
  return isPast(plusMs(readiness?.checkedAt ?? current.verifiedAt ?? current.createdAt, checkMs), now);
}

/**
 * Why the next rollback would not lead where people expect; undefined where it would, or where there is nothing to go back to yet. In guard it leads to the
 * verified one before what is live; after that, what is live is itself what the next deployment would be rolled back to.
 */
export function readinessFault({ verified, current }: Head, asked: Readiness[], now: Date): string | undefined {
  const guarded = current !== undefined && isUnderWatch(current, now);
  const options = guarded ? verified.filter(({ id }) => id !== current.id) : verified;
  const [newest] = options;
  const why = newest && faultOf(newest, asked);
  if (newest === undefined || why === undefined) return undefined;
  const instead = options.find((one) => faultOf(one, asked) === undefined);
  const then = instead === undefined ? 'there is nothing else to go back to' : `it would go to deployment ${instead.id} instead`;
  return `a rollback would lead to deployment ${newest.id}, which cannot start: ${why}; ${then}`;
}

function faultOf({ id }: Deployment, asked: Readiness[]): string | undefined {
  const { ready = false, why = 'whether it can start is not known' } = asked.find(({ deployment }) => deployment === id) ?? {};
  return ready ? undefined : why;
}
