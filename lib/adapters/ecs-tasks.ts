import { DescribeTasksCommand, ListTasksCommand, type DesiredStatus, type ECSClient, type Task } from '@aws-sdk/client-ecs';
import type { ServiceKey } from '../domain/deployment.ts';
import type { StoppedTask } from '../domain/failure.ts';
import { toInstant } from '../domain/instant.ts';
import { calling } from './aws-errors.ts';
import { present } from './present.ts';
import { serviceAddress } from './service-address.ts';

/** All tasks of a service that are to be in that status, a hundred at a time: as many as ECS describes in one call. */
export async function tasksOf(client: ECSClient, service: ServiceKey, desiredStatus: DesiredStatus): Promise<Task[]> {
  const { cluster, service: serviceName } = serviceAddress(service);
  const tasks: Task[] = [];
  let nextToken: string | undefined;
  do {
    const list = new ListTasksCommand({ cluster, serviceName, desiredStatus, maxResults: 100, ...present({ nextToken }) });
    const page = await calling(`list the ${desiredStatus} tasks of ${service}`, () => client.send(list));
    tasks.push(...(await described(client, cluster, page.taskArns ?? [])));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return tasks;
}

async function described(client: ECSClient, cluster: string, tasks: string[]): Promise<Task[]> {
  if (tasks.length === 0) return [];
  const found = await calling(`describe ${tasks.length} tasks in ${cluster}`, () =>
    client.send(new DescribeTasksCommand({ cluster, tasks })),
  );
  return found.tasks ?? [];
}

/** A task that has stopped, in our words; undefined while it is still stopping. */
export function toStoppedTask(service: ServiceKey, task: Task): StoppedTask | undefined {
  const { taskArn, taskDefinitionArn, stoppedAt, createdAt, lastStatus, startedBy, stopCode, stoppedReason, group, containers } = task;
  if (lastStatus !== 'STOPPED' || stoppedAt === undefined || taskArn === undefined || taskDefinitionArn === undefined) return undefined;
  return {
    service,
    taskArn,
    taskDefinition: taskDefinitionArn,
    stoppedAt: toInstant(stoppedAt),
    createdAt: toInstant(createdAt ?? stoppedAt),
    ofService: group?.startsWith('service:') ?? false,
    containers: (containers ?? []).map(({ name = '', exitCode, reason, imageDigest }) => ({
      name,
      ...present({ exitCode, reason, imageDigest }),
    })),
    ...present({ startedBy, stopCode, stoppedReason }),
  };
}
