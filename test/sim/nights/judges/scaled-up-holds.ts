import type { Head } from '../../../../lib/domain/head.ts';
import { holds, type MakeJudge, type Ruling } from '../../judges/judge.ts';
import { skewMs } from '../../judges/running.ts';
import { minuteMs } from '../../place.ts';

/** Just after it fell asleep nobody can tell a count that somebody set from one that was read too early. */
const notYetSeenMs = minuteMs + skewMs;

/** Off-peak: whoever scales a sleeping service up has it so until it wakes, or until somebody orders it asleep after that. */
export const scaledUpHolds: MakeJudge = (truth) => {
  const raised = new Map<string, number>();
  return {
    rule: 'scaled up by hand holds',
    watch: (seen) => {
      if (seen.kind === 'capacity') {
        const { service, before, after } = seen;
        const head = truth.table.heads.get(service);
        const { sleep } = head ?? {};
        const asleepMs = sleep?.state === 'asleep' ? Date.parse(sleep.askedAt ?? '') : NaN;
        if (after.desired < before.desired) raised.delete(service);
        else if (after.desired > before.desired && !isPending(head, truth.now()) && truth.now() > asleepMs + notYetSeenMs)
          raised.set(service, truth.now());
      }
      if (seen.kind === 'head') return written(raised, seen.after);
      if (seen.kind !== 'scaled' || seen.scaled.call !== 'scale') return undefined;
      const { service, head, before, after } = seen.scaled;
      const raisedMs = raised.get(service);
      raised.delete(service);
      if (raisedMs === undefined || head?.sleep === undefined) return undefined;
      const lowered = head.sleep.state === 'falling-asleep' && after.desired < before.desired;
      return holds(!lowered || isOrderedSince(head, raisedMs), () => `${seen.by.id} put ${service} to sleep again after it was scaled up`);
    },
  };
};

// What is to wake ends it, and so does an order to sleep, however late that is carried out.
function written(raised: Map<string, number>, head: Head): Ruling {
  const raisedMs = raised.get(head.service);
  if (raisedMs === undefined) return undefined;
  const wakes = head.sleep === undefined || head.sleep.state === 'waking';
  if (wakes || isOrderedSince(head, raisedMs)) raised.delete(head.service);
  return wakes ? 'holds' : undefined;
}

// An order that nobody could look at yet is carried out whatever happens until then.
function isPending(head: Head | undefined, nowMs: number): boolean {
  return head?.override?.level === 'asleep' && Date.parse(head.offPeakAt ?? '') < nowMs + skewMs;
}

function isOrderedSince({ override }: Head, raisedMs: number): boolean {
  return override?.level === 'asleep' && Date.parse(override.since) > raisedMs - skewMs;
}
