import type { ServiceKey } from '../../lib/domain/deployment.ts';
import type { StoppedTask } from '../../lib/domain/failure.ts';
import { toInstant } from '../../lib/domain/instant.ts';
import type { ObservedService, Rollout } from '../../lib/domain/service.ts';
import { MissingError, RefusedError } from '../../lib/errors.ts';
import type { Services } from '../../lib/ports/services.ts';
import { EcsError } from '../../sandbox/model/ecs/errors.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import { serviceView, type ServiceView } from '../../sandbox/model/ecs/service-view.ts';
import type { Task } from '../../sandbox/model/ecs/task.ts';
import { partsOf } from './place.ts';

/** The port of services over the model of ECS, with the adapter's translation. */
export function modelServices(model: EcsModel): Services {
  const tasks = (key: ServiceKey): Task[] => {
    const { cluster, name } = partsOf(key);
    return model.tasks.list(cluster, `service:${name}`);
  };
  return {
    read: async (key) => {
      const { cluster, name } = partsOf(key);
      const view = translated(() => model.describeService(cluster, name));
      return view && observed(key, view);
    },
    stoppedTasks: async (key) => tasks(key).flatMap((task) => stoppedTask(key, task)),
    runningDigests: async (key, taskDefinitionArn) => {
      const running = tasks(key).filter(({ order, lastStatus }) => order.definition.arn === taskDefinitionArn && lastStatus === 'RUNNING');
      const containers = running.flatMap((task) => task.containers);
      return Object.fromEntries(
        containers.flatMap(({ specification, digest }) => (digest === undefined ? [] : [[specification.name, digest]])),
      );
    },
    run: async (key, taskDefinition) => {
      const { cluster, name } = partsOf(key);
      return observed(key, serviceView(translated(() => model.updateService({ cluster, service: name, taskDefinition }))));
    },
  };
}

function observed(key: ServiceKey, view: ServiceView): ObservedService {
  return {
    key,
    arn: view.serviceArn,
    status: view.status,
    controller: view.deploymentController.type,
    strategy: view.deploymentConfiguration.strategy ?? 'ROLLING',
    desiredCount: view.desiredCount,
    runningCount: view.runningCount,
    taskDefinition: view.taskDefinition ?? '',
    rollouts: view.deployments.map(rolloutOf),
  };
}

function rolloutOf(deployment: ServiceView['deployments'][number]): Rollout {
  const { id, status, taskDefinition, desiredCount, runningCount, pendingCount, failedTasks } = deployment;
  return {
    id,
    status,
    taskDefinition,
    desiredCount,
    runningCount,
    pendingCount,
    failedTasks,
    createdAt: toInstant(deployment.createdAt),
    updatedAt: toInstant(deployment.updatedAt),
    state: deployment.rolloutState,
    reason: deployment.rolloutStateReason,
  };
}

function stoppedTask(service: ServiceKey, task: Task): StoppedTask[] {
  const { order, containers, stoppedAtMs, stopCode, stoppedReason } = task;
  if (stoppedAtMs === undefined) return [];
  return [
    {
      service,
      taskArn: task.arn,
      taskDefinition: order.definition.arn,
      stoppedAt: toInstant(new Date(stoppedAtMs)),
      createdAt: toInstant(new Date(task.createdAtMs)),
      ofService: true,
      ...(order.startedBy === undefined ? {} : { startedBy: order.startedBy }),
      ...(stopCode === undefined ? {} : { stopCode }),
      ...(stoppedReason === undefined ? {} : { stoppedReason }),
      containers: containers.map(({ specification: { name }, exitCode, reason, digest }) => ({
        name,
        ...(exitCode === undefined ? {} : { exitCode }),
        ...(reason === undefined ? {} : { reason }),
        ...(digest === undefined ? {} : { imageDigest: digest }),
      })),
    },
  ];
}

/** AWS's refusals in our errors, as the adapters throw them. */
export function translated<Answer>(call: () => Answer): Answer {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof EcsError)) throw error;
    if (error.code === 'ClusterNotFoundException') throw new MissingError('cluster', error.message, { cause: error });
    if (error.code === 'ServiceNotFoundException') throw new MissingError('service', error.message, { cause: error });
    throw new RefusedError(error.message, error.code, { cause: error });
  }
}
