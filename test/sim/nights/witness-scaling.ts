import type { ServiceKey } from '../../../lib/domain/deployment.ts';
import type { Scaling } from '../../../lib/ports/scaling.ts';
import type { MemoryTable } from '../../fakes/memory-table.ts';
import type { Observation, OurScaling } from '../observation.ts';
import type { Process } from '../process.ts';
import { capacityOf, type Scaled } from './capacity.ts';

interface Watching extends Scaled {
  table: MemoryTable;
  observe: (seen: Observation) => void;
}

/** The same port; whatever takes effect through it is told to the judges at that very moment. */
export function witnessedScaling(scaling: Scaling, by: Process, { table, observe, ...scaled }: Watching): Scaling {
  const changing = (service: ServiceKey, call: OurScaling['call'], act: () => Promise<void>): Promise<void> => {
    const before = capacityOf(scaled, service);
    const answer = act();
    observe({ kind: 'scaled', by, scaled: { service, call, before, after: capacityOf(scaled, service), head: table.heads.get(service) } });
    return answer;
  };
  return {
    target: (service) => scaling.target(service),
    bound: (service, target) => changing(service, 'bound', () => scaling.bound(service, target)),
    scale: (service, desired) => changing(service, 'scale', () => scaling.scale(service, desired)),
  };
}
