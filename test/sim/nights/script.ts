import type { Draws } from '../draws.ts';
import type { Fleet } from '../fleet.ts';
import { imageKinds } from '../images.ts';
import { installedAt, minuteMs } from '../place.ts';
import type { Action, Scheduled } from '../script.ts';
import { drawBounds } from './draw-nights.ts';
import type { Nights } from './nights.ts';

/** What a world with nights adds to its script: most of it near an edge, where a race is most likely. */
export function drawNightScript(draws: Draws, fleet: Fleet, nights: Nights, spanMs: number): Scheduled[] {
  const script: Scheduled[] = [];
  const services = [...fleet.members.keys()];
  for (let atMs = draws.between(2, 8) * minuteMs; atMs < spanMs; atMs += draws.between(30_000, 420_000)) {
    const service = draws.oneOf(services);
    const edgeMs = (nights.byService.get(service)?.sinceMs(installedAt.getTime() + atMs) ?? -Infinity) - installedAt.getTime();
    const near = edgeMs > 0 && draws.likely(0.5);
    script.push({ atMs: near ? Math.max(0, edgeMs + draws.between(-20_000, 100_000)) : atMs, action: drawAction(draws, fleet, service) });
  }
  return script;
}

function drawAction(draws: Draws, fleet: Fleet, service: string): Action {
  const { min, max } = drawBounds(draws);
  const choice = draws.between(0, 99);
  const draw = draws.weighted<() => Action>([
    [5, () => ({ do: 'scale', service, to: draws.between(0, 4) })],
    [3, () => drawOrder(draws, service, choice)],
    [2.5, () => ({ do: 'bounds', service, ...drawPart(draws, min, max) })],
    [2, () => ({ do: 'scheduled scaling', service, ...drawPart(draws, min, max) })],
    [3, () => ({ do: 'load', service, load: draws.between(0, 6) })],
    [0.4, () => ({ do: 'register', service, min, max })],
    [0.2, () => ({ do: 'deregister', service })],
    [0.4, () => ({ do: 'configure', service, change: draws.likely(0.7) ? { offPeak: undefined } : { managed: false } })],
    [3, () => ({ do: 'push', repository: draws.oneOf(fleet.repositories), kind: draws.weighted(imageKinds), tags: ['latest', 'main'] })],
  ]);
  return draw();
}

function drawPart(draws: Draws, min: number, max: number): { min?: number; max?: number; suspendOut?: boolean } {
  const parts = [{ min }, { max }, { min, max }, { suspendOut: draws.likely(0.5) }];
  return draws.oneOf(parts);
}

function drawOrder(draws: Draws, service: string, choice: number): Action {
  return { do: 'command', verb: draws.likely(0.5) ? 'wake' : 'sleep', service, choice, skipGates: false };
}
