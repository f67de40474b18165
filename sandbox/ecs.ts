import { clusterOperations } from './ecs/clusters.ts';
import { serviceDeploymentOperations } from './ecs/service-deployments.ts';
import { serviceOperations } from './ecs/services.ts';
import { tagOperations } from './ecs/tags.ts';
import { taskDefinitionOperations } from './ecs/task-definitions.ts';
import { taskOperations } from './ecs/tasks.ts';
import { EcsError } from './model/ecs/errors.ts';
import { EcsModel } from './model/ecs/model.ts';
import type { EcsOptions } from './model/ecs/model.ts';
import { answeringRefusals } from './refusals.ts';
import type { AwsService, Operation } from './service.ts';

/** How ECS is to behave where AWS leaves it open, or is rarely met. */
export type EcsBehaviour = Pick<EcsOptions, 'staleReadsMs' | 'throttling' | 'choices' | 'steadyStateRepeatsMs'>;

export interface Ecs extends AwsService {
  model: EcsModel;
}

/** Amazon ECS: clusters, task definitions, services and tasks, on the model of its scheduler. */
export function createEcs(options: EcsOptions): Ecs {
  const model = new EcsModel(options);
  const operations = {
    ...clusterOperations(model),
    ...taskDefinitionOperations(model),
    ...serviceOperations(model),
    ...taskOperations(model),
    ...serviceDeploymentOperations(model),
    ...tagOperations(model),
  };
  return { model, operations: answeringRefusals(limited(operations, model), EcsError) };
}

/** Each call takes a token first, refused or not. */
function limited(operations: AwsService['operations'], { callLimits }: EcsModel): AwsService['operations'] {
  const counted = Object.entries(operations).map(([name, operation]): [string, Operation] => [
    name,
    (input, call) => {
      callLimits.take(name);
      return operation(input, call);
    },
  ]);
  return Object.fromEntries(counted);
}
