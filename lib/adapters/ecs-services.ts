import { DescribeServicesCommand, UpdateServiceCommand, type ECSClient, type Service } from '@aws-sdk/client-ecs';
import type { ServiceKey } from '../domain/deployment.ts';
import type { ObservedService } from '../domain/service.ts';
import { MissingError, RefusedError } from '../errors.ts';
import type { ServiceReader, ServiceRunner, Services } from '../ports/services.ts';
import { calling } from './aws-errors.ts';
import { runningDigests } from './ecs-running-digests.ts';
import { tasksOf, toStoppedTask } from './ecs-tasks.ts';
import { toObservedService } from './observed-service.ts';
import { serviceAddress } from './service-address.ts';

/** ECS services for those who only look. */
export function ecsServiceReader(client: ECSClient): ServiceReader {
  return {
    read: (key) => read(client, key),
    stoppedTasks: async (key) => (await tasksOf(client, key, 'STOPPED')).flatMap((task) => toStoppedTask(key, task) ?? []),
    runningDigests: async (key, taskDefinitionArn) => {
      const service = await describe(client, key);
      return service === undefined ? {} : await runningDigests(client, key, service, taskDefinitionArn);
    },
  };
}

/** ECS services for those who look and change what runs, and never ask about tasks: a bundle without the calls for these is lighter. */
export function ecsServiceRunner(client: ECSClient): ServiceRunner {
  return {
    read: (key) => read(client, key),
    run: async (key, taskDefinition) => {
      const update = new UpdateServiceCommand({ ...serviceAddress(key), taskDefinition }); // No desired count: absent means unchanged.
      const { service } = await calling(`run ${taskDefinition} on ${key}`, () => client.send(update));
      if (service === undefined) throw new MissingError('service', `run ${taskDefinition} on ${key}: ECS answered without the service`);
      return toObservedService(key, service);
    },
  };
}

/** ECS services: what they are, what their tasks run, and the one call that changes it. */
export function ecsServices(client: ECSClient): Services {
  return { ...ecsServiceReader(client), ...ecsServiceRunner(client) };
}

async function read(client: ECSClient, key: ServiceKey): Promise<ObservedService | undefined> {
  const service = await describe(client, key);
  return service && toObservedService(key, service);
}

async function describe(client: ECSClient, key: ServiceKey): Promise<Service | undefined> {
  const { cluster, service } = serviceAddress(key);
  const answer = await calling(`read service ${key}`, () => client.send(new DescribeServicesCommand({ cluster, services: [service] })));
  const [failure] = answer.failures ?? [];
  if (failure !== undefined && failure.reason !== 'MISSING') {
    throw new RefusedError(`read service ${key}: ${failure.reason}: ${failure.detail ?? ''}`, failure.reason ?? 'failure');
  }
  return answer.services?.[0];
}
