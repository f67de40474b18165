import type { ServiceKey } from '../../lib/domain/deployment.ts';
import type { ScalableTarget } from '../../lib/domain/sleep.ts';
import { MissingError, RefusedError } from '../../lib/errors.ts';
import type { Scaling } from '../../lib/ports/scaling.ts';
import type { FakeServices } from './fake-services.ts';

/** Counts and bounds of the fake services: as in AWS, whoever sets bounds brings the count inside them. Tasks come and go at once. */
export interface FakeScaling extends Scaling {
  targets: Map<ServiceKey, ScalableTarget>;
  /** Every writing call, in order. */
  changes: string[];
  /** Services whose tasks do not come up. */
  stuck: Set<ServiceKey>;
}

export function fakeScaling(services: FakeServices): FakeScaling {
  const targets = new Map<ServiceKey, ScalableTarget>();
  const changes: string[] = [];
  const stuck = new Set<ServiceKey>();
  const count = (key: ServiceKey, desiredCount: number): void => {
    const service = services.services.get(key);
    if (service === undefined) throw new MissingError('service', `no service ${key}`);
    const runningCount = stuck.has(key) ? Math.min(service.runningCount, desiredCount) : desiredCount;
    services.resize(key, desiredCount, runningCount);
  };
  return {
    targets,
    changes,
    stuck,
    target: async (key) => targets.get(key),
    bound: async (key, target) => {
      if (!targets.has(key)) throw new RefusedError(`no scalable target of ${key}`, 'ValidationException');
      changes.push(`bound ${key} ${target.min}-${target.max}`);
      targets.set(key, structuredClone(target));
      const { desiredCount = 0 } = services.services.get(key) ?? {};
      const inside = Math.min(Math.max(desiredCount, target.min), target.max);
      if (inside !== desiredCount) count(key, inside);
    },
    scale: async (key, desired) => {
      changes.push(`scale ${key} ${desired}`);
      count(key, desired);
    },
  };
}
