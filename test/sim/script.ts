import type { Draws } from './draws.ts';
import type { Fleet } from './fleet.ts';
import { imageKinds, type ImageKind } from './images.ts';

/** What people and AWS do beside the product. Numbers choose among what is there when it comes to it. */
export type Action =
  | { do: 'push'; repository: string; kind: ImageKind; tags: ('latest' | 'main' | 'other')[] }
  | { do: 'retag'; repository: string; choice: number }
  | { do: 'force'; service: string }
  | { do: 'deploy outside'; service: string; choice: number; byTag: boolean }
  | { do: 'go back outside'; service: string; choice: number }
  | { do: 'scale'; service: string; to: number }
  | { do: 'interrupt spot'; service: string; all: boolean }
  | { do: 'retire hosts'; service: string }
  | { do: 'stop task'; service: string }
  | { do: 'no capacity'; service: string; forMs: number }
  | { do: 'expire'; repository: string; choice: number };

export interface Scheduled {
  /** After the installation. */
  atMs: number;
  action: Action;
}

/** Draws what happens in the given time, in order; pushes come in bursts. */
export function drawScript(draws: Draws, fleet: Fleet, spanMs: number): Scheduled[] {
  const script: Scheduled[] = [];
  const services = [...fleet.members.keys()];
  for (let atMs = draws.between(30_000, 900_000); atMs < spanMs; atMs += pause(draws)) {
    script.push({ atMs, action: drawAction(draws, fleet.repositories, services) });
  }
  return script;
}

function pause(draws: Draws): number {
  return draws.likely(0.35) ? draws.between(500, 40_000) : draws.between(60_000, 480_000);
}

function drawAction(draws: Draws, repositories: string[], services: string[]): Action {
  const service = draws.oneOf(services);
  const repository = draws.oneOf(repositories);
  const choice = draws.between(0, 99);
  const draw = draws.weighted<() => Action>([
    [24, () => ({ do: 'push', repository, kind: draws.weighted(imageKinds), tags: drawTags(draws) })],
    [2, () => ({ do: 'retag', repository, choice })],
    [1.5, () => ({ do: 'force', service })],
    [2, () => ({ do: 'deploy outside', service, choice, byTag: draws.likely(0.3) })],
    [1.5, () => ({ do: 'go back outside', service, choice })],
    [3, () => ({ do: 'scale', service, to: draws.between(0, 4) })],
    [1.5, () => ({ do: 'interrupt spot', service, all: draws.likely(0.3) })],
    [1, () => ({ do: 'retire hosts', service })],
    [1, () => ({ do: 'stop task', service })],
    [1, () => ({ do: 'no capacity', service, forMs: draws.between(60_000, 600_000) })],
    [0.7, () => ({ do: 'expire', repository, choice })],
  ]);
  return draw();
}

function drawTags(draws: Draws): ('latest' | 'main' | 'other')[] {
  return draws.weighted<('latest' | 'main' | 'other')[]>([
    [6, ['main', 'latest']],
    [2, ['latest', 'main']],
    [2, ['latest']],
    [2, ['main']],
    [0.5, ['other']],
  ]);
}
