import type * as sdk from '@aws-sdk/client-ecs';
import { ecsArn, lastName } from '../model/ecs/arns.ts';
import { findCluster, findService } from '../model/ecs/cluster.ts';
import { invalid, unsupported } from '../model/ecs/errors.ts';
import type { EcsModel } from '../model/ecs/model.ts';
import { checkedTags } from '../model/ecs/tags.ts';
import { taskDocument } from '../model/ecs/task-document.ts';
import { placeOn } from '../model/ecs/task-order.ts';
import type { Task } from '../model/ecs/task.ts';
import type { Operation } from '../service.ts';
import { checkCount, ecsPage } from './paging.ts';

export function taskOperations(model: EcsModel) {
  return {
    ListTasks: (input: sdk.ListTasksCommandInput) => {
      const { items, nextToken } = ecsPage(listed(model, input), input);
      return { taskArns: items.map(({ arn }) => arn), nextToken };
    },
    DescribeTasks: (input: sdk.DescribeTasksCommandInput) => {
      checkCount('Tasks', input.tasks, 100);
      const { name: cluster } = findCluster(model.clusters, input.cluster);
      const found = (input.tasks ?? []).map((task) => model.describeTask(cluster, task) ?? task);
      return {
        tasks: found.filter((task) => typeof task !== 'string').map((task) => view(task, input.include)),
        failures: found
          .filter((task) => typeof task === 'string')
          .map((task): sdk.Failure => ({ arn: ecsArn(model.surroundings, 'task', cluster, lastName(task)), reason: 'MISSING' })),
      };
    },
    StopTask: (input: sdk.StopTaskCommandInput) => ({ task: view(model.stopTask(input.cluster, input.task ?? '', input.reason)) }),
    RunTask: (input: sdk.RunTaskCommandInput) => ({ tasks: run(model, input).map((task) => view(task, ['TAGS'])), failures: [] }),
  } satisfies Record<string, Operation>;
}

function listed(model: EcsModel, input: sdk.ListTasksCommandInput): Task[] {
  const { serviceName, family, startedBy, launchType, desiredStatus = 'RUNNING' } = input;
  if (startedBy !== undefined && (serviceName ?? family) !== undefined) throw invalid('startedBy must be the only filter.');
  const cluster = findCluster(model.clusters, input.cluster);
  const group = serviceName === undefined ? undefined : `service:${findService(cluster, serviceName).name}`;
  return model.listTasks(cluster.name, group).filter(({ order, desiredStatus: desired }) => {
    if (desired !== desiredStatus) return false;
    if (family !== undefined && order.definition.family !== family) return false;
    return (startedBy === undefined || order.startedBy === startedBy) && (launchType === undefined || order.launchType === launchType);
  });
}

function run(model: EcsModel, input: sdk.RunTaskCommandInput): Task[] {
  const { count = 1 } = input;
  if (count < 1 || count > 10) throw invalid('Count must be between 1 and 10.');
  if (input.overrides?.containerOverrides?.length) throw unsupported('The sandbox runs tasks without overrides.');
  const cluster = findCluster(model.clusters, input.cluster);
  const definition = model.definitions.runnable(input.taskDefinition ?? '');
  const place = placeOn(input, model.surroundings.chance);
  const order = {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    definition,
    group: input.group ?? `family:${definition.family}`,
    startedBy: input.startedBy,
    ...place,
    host: place.launchType === 'EC2' ? model.hosts.next(cluster.name, model.tasks.list(cluster.name)) : undefined,
    subnets: input.networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    tags: checkedTags(input.tags),
    digests: new Map<string, string>(),
    unresolved: { times: 0 },
    health: { targetGroup: undefined, graceMs: 0 },
    added: [],
    failure: undefined,
    owner: undefined,
  };
  return Array.from({ length: count }, () => model.tasks.launch(order));
}

/** What an event leaves out is told here: health, and tags where they are asked for. updatedAt is the event's alone. */
function view(task: Task, include: readonly string[] | undefined = []): sdk.Task {
  const { updatedAt: _, ...document } = taskDocument(task, (ms) => new Date(ms));
  return {
    ...document,
    containers: document.containers.map((container) => ({ ...container, healthStatus: task.healthStatus })),
    healthStatus: task.healthStatus,
    tags: include.includes('TAGS') ? task.order.tags : [],
  };
}
