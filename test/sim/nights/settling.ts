import type { Head } from '../../../lib/domain/head.ts';
import { minuteMs } from '../place.ts';

/** A service may wait so long for those that wake before it. */
const waitForMs = 16 * minuteMs;

/** When a service woke, or is to, as far as is known: from then on what it got while it slept is tested. */
export function lastWakingMs(head: Head | undefined): number[] {
  const { override, sleep, wokenAt } = head ?? {};
  const known = [override?.until, wokenAt, sleep?.state === 'asleep' ? undefined : sleep?.askedAt].flatMap((at) => at ?? []);
  return known.map((at) => Date.parse(at) + waitForMs);
}
