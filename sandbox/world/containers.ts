import { createApplicationAutoScaling } from '../application-auto-scaling.ts';
import { createEcr } from '../ecr.ts';
import type { RoleOf } from '../ecr/registry-access.ts';
import { createEcs } from '../ecs.ts';
import type { Bus } from '../events/bus.ts';
import { seedNumber } from '../ids.ts';
import type { BusEvent } from '../service.ts';
import type { Ground } from './ground.ts';
import type { WorldOptions } from './options.ts';

/** The registry, the scheduler that pulls from it, and what scales its services; their events go to the bus. */
export function createContainers(ground: Ground, { seed, ecs: behaviour, uncheckedLayers }: WorldOptions, bus: Bus, roleOf: RoleOf) {
  const { clock, account, region, logs, endpoint } = ground;
  const common = { agenda: clock.agenda, account, region, emit: (event: BusEvent) => void bus.put(event) };
  const downloadUrl = (repository: string, digest: string): string => `${endpoint()}/_sandbox/layers/${repository}/${digest}`;
  const ecr = createEcr({
    ...common,
    emitElsewhere: (event, from) => bus.forward(event, from),
    roleOf,
    downloadUrl,
    layersRequired: !uncheckedLayers,
  });
  const ecs = createEcs({ ...behaviour, ...common, logs: logs.store, seed: seedNumber(seed), images: ecr.registries });
  return { ecr, ecs, autoScaling: createApplicationAutoScaling({ ...ground, model: ecs.model }) };
}
