import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../observation.ts';
import { capacityOf, type Scaled } from './capacity.ts';

/** Lets somebody else act, and tells the judges of each service that has another capacity than before. */
export function touching(scaled: Scaled, services: Iterable<string>, observe: (seen: Observation) => void, act: () => void): void {
  const before = [...services].map((service) => [service, capacityOf(scaled, service)] as const);
  act();
  for (const [service, found] of before) {
    const after = capacityOf(scaled, service);
    if (!isDeepStrictEqual(found, after)) observe({ kind: 'capacity', service, before: found, after });
  }
}
