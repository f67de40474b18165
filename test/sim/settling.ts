import { lookQuietMs } from '../../lib/decide/due.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { Head } from '../../lib/domain/head.ts';
import { lastWakingMs } from './nights/settling.ts';
import { minuteMs } from './place.ts';

const foundAfterMs = 10 * minuteMs;
/** Work that failed is left alone this long at most. */
const troubleMs = 16 * minuteMs;
/** What somebody else did and no event told is found this late at most: a quiet service is looked at so often. */
const quietMs = lookQuietMs + minuteMs;

/**
 * When what began by itself, long after the rest, must have settled: a rollback, for some images fail late; or what reconciliation brought up once
 * what was newer had been kept out; or a service that woke. Undefined: nothing did.
 */
export function laterDeadlineOf({ verify }: ServicePolicy, head: Head | undefined): number | undefined {
  const { current } = head ?? {};
  const comesUp = current?.origin === 'reconciliation' && (current.state === 'deploying' || current.state === 'baking');
  const startedAt = current?.state === 'rolling-back' ? current.rollback?.startedAt : comesUp ? current.startedAt : undefined;
  const began = [...(startedAt === undefined ? [] : [Date.parse(startedAt)]), ...lastWakingMs(head)];
  return began.length === 0 ? undefined : Math.max(...began) + verify.timeoutMs + verify.bakeMs + foundAfterMs;
}

/** When a service must have settled after faults and users ceased: its time-out, its bake and ten minutes; later only where the product says so. */
export function deadlineOf({ verify }: ServicePolicy, head: Head | undefined, touchedMs: number | undefined, calmMs: number): number {
  const touched = touchedMs !== undefined && calmMs - touchedMs < quietMs;
  return calmMs + verify.timeoutMs + verify.bakeMs + foundAfterMs + (head?.trouble === undefined ? 0 : troubleMs) + (touched ? quietMs : 0);
}
