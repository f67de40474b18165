import { holds, type MakeJudge } from './judge.ts';
import { isOrdered, skewMs } from './running.ts';

/** A service on hold takes no new image, but by a person's order. What was begun before goes on to its end. */
export const holdHolds: MakeJudge = () => ({
  rule: 'a hold holds',
  watch: (seen) => {
    const head = seen.kind === 'ran' && seen.ran.changed ? seen.ran.head : undefined;
    if (seen.kind !== 'ran' || head?.hold === undefined) return undefined;
    const { hold, current } = head;
    if (current === undefined || current.state === 'rolling-back' || isOrdered(current)) return undefined;
    const begunMs = Date.parse(current.timeline.findLast(({ state }) => state === 'deploying')?.at ?? '');
    return holds(
      begunMs <= Date.parse(hold.since) + skewMs,
      () => `${seen.by.id} deployed ${current.id} to ${head.service}, on hold since ${hold.since}`,
    );
  },
});
