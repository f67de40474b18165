import { RefusedError } from '../../../lib/errors.ts';
import type { Scaling } from '../../../lib/ports/scaling.ts';
import { AutoScalingError } from '../../../sandbox/model/auto-scaling/errors.ts';
import { translated } from '../model-services.ts';
import { partsOf } from '../place.ts';
import { boundsOf, resourceOf, type Scaled } from './capacity.ts';
import { suspendedState } from './suspended-state.ts';

/** The port of scaling over the models: as in AWS, whoever sets bounds brings the count inside them by the same call. */
export function modelScaling({ ecs, targets }: Scaled): Scaling {
  return {
    target: async (key) => boundsOf(targets, key),
    bound: async (key, { min, max, suspended }) => {
      const known = targets.all().find(({ resourceId }) => resourceId === resourceOf(key));
      if (known === undefined) throw new RefusedError(`no scalable target of ${key}`, 'ValidationException');
      refusing(() => targets.register(resourceOf(key), { min, max, suspended: suspendedState(suspended) }, known.createdAt, known.id));
    },
    scale: async (key, desired) => {
      const { cluster, name } = partsOf(key);
      translated(() => ecs.updateService({ cluster, service: name, desiredCount: desired }));
    },
  };
}

function refusing(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof AutoScalingError)) throw error;
    throw new RefusedError(error.message, error.code, { cause: error });
  }
}
