import { EcsError } from '../ecs/errors.ts';
import type { EcsModel } from '../ecs/model.ts';
import { type Service, tasksOf } from '../ecs/service.ts';
import type { Capacity } from './targets.ts';

/** The desired count of ECS services as what is scaled. */
export function ecsCapacity(model: EcsModel): Capacity {
  return {
    read: (resourceId) => {
      const service = find(model, resourceId);
      if (!service || service.status === 'INACTIVE') return undefined;
      const running = [...tasksOf(service)].filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
      return { desired: service.desiredCount, running, isDeploying: service.deployments.length > 1 };
    },
    set: (resourceId, desired) => {
      const { cluster, name } = parts(resourceId);
      model.scaleService(cluster, name, desired);
    },
  };
}

function find(model: EcsModel, resourceId: string): Service | undefined {
  const { cluster, name } = parts(resourceId);
  try {
    return model.service(cluster, name);
  } catch (error) {
    if (error instanceof EcsError) return undefined;
    throw error;
  }
}

function parts(resourceId: string): { cluster: string; name: string } {
  const [, cluster = '', name = ''] = resourceId.split('/');
  return { cluster, name };
}
