import type { Draws } from './draws.ts';
import type { Fleet } from './fleet.ts';
import type { OrderedByHand } from './commands.ts';
import { drawChange, type PolicyChange } from './draw-fleet.ts';
import { imageKinds, type Build, type ImageKind } from './images.ts';
import { NextTags, type PushedTag } from './next-tags.ts';
import type { HardshipAction } from './hardships/hardship-action.ts';
import type { CapacityAction } from './nights/capacity-action.ts';

/** What people and AWS do beside the product. Numbers choose among what is there when it comes to it. */
export type Action =
  | OrderedByHand
  | CapacityAction
  | HardshipAction
  | { do: 'configure'; service: string; change: PolicyChange }
  | { do: 'push'; repository: string; kind: ImageKind; tags: PushedTag[]; build?: Build }
  | { do: 'retag'; repository: string; choice: number; tag?: PushedTag }
  | { do: 'force'; service: string }
  | { do: 'deploy outside'; service: string; choice: number; byTag: boolean }
  | { do: 'go back outside'; service: string; choice: number }
  | { do: 'scale'; service: string; to: number }
  | { do: 'auto-scale'; service: string; to: number }
  | { do: 'interrupt spot'; service: string; all: boolean }
  | { do: 'spot storm'; services: string[] }
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
export function drawScript(draws: Draws, fleet: Fleet, spanMs: number, plain: boolean): Scheduled[] {
  const script: Scheduled[] = [];
  const services = [...fleet.members.keys()];
  const next = new NextTags();
  for (let atMs = draws.between(30_000, 900_000); atMs < spanMs; atMs += pause(draws)) {
    const usual = plain || draws.likely(0.4);
    script.push({ atMs, action: usual ? drawAction(draws, fleet.repositories, services) : drawFurther(draws, fleet, services, next) });
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

/** What a varied world adds: tags of every kind, old images under new tags, findings, other platforms, scaling by itself, storms. */
function drawFurther(draws: Draws, { repositories, members }: Fleet, services: string[], next: NextTags): Action {
  const service = draws.oneOf(services);
  const repository = draws.oneOf(repositories);
  const choice = draws.between(0, 99);
  const draw = draws.weighted<() => Action>([
    [24, () => ({ do: 'push', repository, kind: draws.weighted(imageKinds), tags: next.draw(draws, repository), build: drawBuild(draws) })],
    [2.5, () => ({ do: 'retag', repository, choice, tag: draws.oneOf(['main', ...next.ofKinds(draws, repository)]) })],
    [8, () => drawCommand(draws, service, choice)],
    [1, () => ({ do: 'configure', service, change: drawChange(draws, members.get(service)) })],
    [2.5, () => ({ do: 'auto-scale', service, to: draws.between(1, 5) })],
    [0.7, () => ({ do: 'spot storm', services: services.filter(() => draws.likely(0.6)) })],
  ]);
  return draw();
}

function drawCommand(draws: Draws, service: string, choice: number): Action {
  const verb = draws.weighted<OrderedByHand['verb']>([
    [2, 'hold'],
    [3, 'resume'],
    [2, 'rollback'],
    [1.5, 'lift'],
    [2.5, 'deploy'],
    [1, 'cancel'],
  ]);
  return { do: 'command', verb, service, choice, skipGates: draws.likely(0.5) };
}

function drawBuild(draws: Draws): Build {
  return {
    architecture: draws.likely(0.15) ? 'arm64' : 'amd64',
    ...(draws.likely(0.2) ? { findings: draws.oneOf(['CRITICAL=1', 'HIGH=2', 'MEDIUM=3', 'FAILED']) } : {}),
  };
}

function drawTags(draws: Draws): PushedTag[] {
  return draws.weighted<PushedTag[]>([
    [6, ['main', 'latest']],
    [2, ['latest', 'main']],
    [2, ['latest']],
    [2, ['main']],
    [0.5, ['other']],
  ]);
}
