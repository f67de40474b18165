import { Draws } from '../draws.ts';
import { imageKinds } from '../images.ts';
import { installedAt, minuteMs } from '../place.ts';
import type { Action, Scheduled } from '../script.ts';

const daysMs = 1440 * minuteMs;

/** What people and AWS do in a year: a few things a day, at any hour, so that images come at night and counts change by day. */
export function drawYear(
  seed: number,
  services: string[],
  repositories: string[],
  isLived: (ms: number) => boolean,
  days: number,
): Scheduled[] {
  const draws = new Draws(seed, 'year');
  const script: Scheduled[] = [];
  for (let atMs = 2 * 60 * minuteMs; atMs < days * daysMs; atMs += draws.between(10, 240) * minuteMs + draws.between(0, 59_000)) {
    const action = drawAction(draws, draws.oneOf(services), draws.oneOf(repositories));
    if (isLived(installedAt.getTime() + atMs)) script.push({ atMs, action });
  }
  return script;
}

function drawAction(draws: Draws, service: string, repository: string): Action {
  const choice = draws.between(0, 99);
  const [min, max] = [draws.between(0, 2), draws.between(4, 6)];
  const draw = draws.weighted<() => Action>([
    [4, () => ({ do: 'push', repository, kind: draws.weighted(imageKinds), tags: ['latest', 'main'] })],
    [3, () => ({ do: 'scale', service, to: draws.between(1, 4) })],
    [3, () => ({ do: 'load', service, load: draws.between(1, 5) })],
    [1, () => ({ do: 'bounds', service, min, max })],
    [1, () => ({ do: 'scheduled scaling', service, min })],
    [1.5, () => ({ do: 'command', verb: draws.oneOf(['wake', 'sleep'] as const), service, choice, skipGates: false })],
    [0.5, () => ({ do: 'command', verb: draws.oneOf(['rollback', 'resume', 'lift'] as const), service, choice, skipGates: false })],
    [0.5, () => ({ do: 'interrupt spot', service, all: draws.likely(0.3) })],
    [0.5, () => ({ do: 'stop task', service })],
    [0.3, () => ({ do: 'force', service })],
    [0.3, () => ({ do: 'deploy outside', service, choice, byTag: false })],
    [0.3, () => ({ do: 'no capacity', service, forMs: draws.between(60_000, 600_000) })],
  ]);
  return draw();
}
