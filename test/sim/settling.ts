import type { Deployment } from '../../lib/domain/deployment.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { Deployment as Rollout } from '../../sandbox/model/ecs/deployment.ts';
import { lastWakingMs } from './nights/settling.ts';
import { minuteMs } from './place.ts';

const foundAfterMs = 10 * minuteMs;

/** Within which all settles, from the last that disturbed it: its time-out, its bake and ten minutes. */
export function boundMs({ verify }: ServicePolicy): number {
  return verify.timeoutMs + verify.bakeMs + foundAfterMs;
}

/**
 * From when the bound of a service counts again, at its deadline: a later disturbance that no fault brought. Undefined: there was none, and all must have
 * settled. Each is the design's own wish, and nothing else is waited for.
 */
export function disturbedMs(head: Head | undefined, primary: Rollout, calmMs: number): number | undefined {
  if (head === undefined) return undefined;
  const sinceMs = Math.max(leftAloneMs(head), begunMs(head.current), unseenMs(head, primary, calmMs), ...lastWakingMs(head));
  return sinceMs > calmMs ? sinceMs : undefined;
}

/** Until when a head is left alone whose work failed, by the last fault of all perhaps (design, section 7): a quarter of an hour, so that it holds up no other. */
export function leftAloneMs(head: Head | undefined): number {
  return head?.trouble === undefined ? 0 : Date.parse(head.trouble.until);
}

/**
 * A rollback, for some images fail only when they are live, and its end, which others waited for; or what reconciliation brought up once what was newer had
 * been kept out, and what somebody else began and only the quiet look found (`unseenMs`).
 */
function begunMs(current: Deployment | undefined): number {
  if (current?.state === 'rolling-back') return Date.parse(current.rollback?.startedAt ?? '') || 0;
  const last = current?.timeline.at(-1);
  if (last?.reason.code === 'returned-to-verified') return Date.parse(last.at);
  const late = current?.origin === 'reconciliation' || current?.origin === 'external';
  const comesUp = late && (current.state === 'deploying' || current.state === 'baking');
  return comesUp ? Date.parse(current.startedAt ?? '') || 0 : 0;
}

/**
 * What somebody else began, where its event was lost: a quiet service is looked at every two hours and no oftener, since each look writes the whole head,
 * which is most of what a quiet fleet costs.
 */
function unseenMs({ current, dueAt }: Head, primary: Rollout, calmMs: number): number {
  const known = [current?.rolloutId, current?.rollback?.rolloutId].includes(primary.id);
  return known || primary.updatedAtMs > calmMs || dueAt === undefined ? 0 : Date.parse(dueAt);
}
