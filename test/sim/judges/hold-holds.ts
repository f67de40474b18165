import type { Observation } from '../observation.ts';
import { holds, type MakeJudge, type Ruling } from './judge.ts';
import { isOrdered, skewMs } from './running.ts';

/** A service on hold takes no new image, but by a person's order. What was begun before goes on to its end. */
export const holdHolds: MakeJudge = () => ({
  rule: 'a hold holds',
  watch: (seen) => {
    if (seen.kind === 'ran') return ofAct(seen);
    return seen.kind === 'head' ? ofDecision(seen) : undefined;
  },
});

function ofAct({ by, ran: { changed, head } }: Extract<Observation, { kind: 'ran' }>): Ruling {
  if (!changed || head?.hold === undefined) return undefined;
  const { hold, current, service } = head;
  if (current === undefined || current.state === 'rolling-back' || isOrdered(current)) return undefined;
  const begunMs = Date.parse(current.timeline.findLast(({ state }) => state === 'deploying')?.at ?? '');
  return holds(
    begunMs <= Date.parse(hold.since) + skewMs,
    () => `${by.id} deployed ${current.id} to ${service}, on hold since ${hold.since}`,
  );
}

/** What was decided of candidates while it stood: each waits, or is refused, or somebody ordered it. */
function ofDecision({ by, before, after: { service, hold, current, waiting } }: Extract<Observation, { kind: 'head' }>): Ruling {
  if (before?.hold === undefined || hold === undefined) return undefined;
  const begun = current?.state === 'deploying' && current.id !== before.current?.id && current.rolloutId === undefined; // What runs already is taken up, not begun.
  if (!begun && waiting === before.waiting) return undefined;
  return holds(!begun || isOrdered(current), () => `${by.id} began ${current?.id} on ${service}, on hold since ${hold.since}`);
}
