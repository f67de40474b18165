import type { Draws } from '../draws.ts';
import type { Fleet } from '../fleet.ts';
import { imageKinds } from '../images.ts';
import { minuteMs } from '../place.ts';
import type { Action, Scheduled } from '../script.ts';

/** What a world of hardships adds to its script. Its last outage is over when faults and users cease. */
export function drawHardships(draws: Draws, fleet: Fleet, spanMs: number): Scheduled[] {
  const script: Scheduled[] = [];
  for (let atMs = draws.between(4, 12) * minuteMs; atMs < spanMs; atMs += draws.between(60_000, 420_000))
    script.push({ atMs, action: drawAction(draws, fleet, spanMs - atMs) });
  return script;
}

function drawAction(draws: Draws, { members, repositories }: Fleet, leftMs: number): Action {
  const repository = draws.oneOf(repositories);
  const choice = draws.between(0, 99);
  const draw = draws.weighted<() => Action>([
    [1.2, () => ({ do: 'outage', forMs: Math.min(leftMs, draws.between(2, 9) * minuteMs) })],
    [3, () => ({ do: 'archive', repository, choice })],
    [3, () => ({ do: 'retire revision', service: draws.oneOf([...members.keys()]), choice })],
    [
      4,
      () => ({
        do: 'push',
        repository,
        kind: draws.weighted(imageKinds),
        tags: ['latest', 'main'],
        build: draws.likely(0.4) ? { oneWay: true } : {},
      }),
    ],
  ]);
  return draw();
}
