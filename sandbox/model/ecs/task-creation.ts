import { ecsArn } from './arns.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import type { ContainerSpecification } from './task-definition.ts';
import type { Container, Network, Task, TaskOrder } from './task.ts';

/** A task as it is when it was just asked for: PROVISIONING, nothing pulled, nothing attached. */
export function createTask(order: TaskOrder, surroundings: Surroundings): Task {
  const { chance, region } = surroundings;
  const id = chance.hex(32);
  const zone = order.host?.availabilityZone ?? `${region}${'abc'[chance.between(0, 2)]}`;
  const createdAtMs = nowMs(surroundings);
  return {
    id,
    arn: ecsArn(surroundings, 'task', order.clusterName, id),
    order,
    containers: [...order.definition.containers, ...injected(order, surroundings)].map((specification): Container => {
      const arn = ecsArn(surroundings, 'container', order.clusterName, id, chance.uuid());
      return { specification, arn, lastStatus: 'PENDING' };
    }),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    availabilityZone: zone,
    network: order.definition.networkMode === 'awsvpc' ? createNetwork(order, surroundings) : undefined,
    healthy: false,
    healthStatus: 'UNKNOWN',
    plan: 0,
    failedDeployment: false,
    createdAtMs,
    updatedAtMs: createdAtMs,
  };
}

/** Containers that no task definition names; whether they are essential nobody tells. */
function injected({ added }: TaskOrder, { choices }: Surroundings): ContainerSpecification[] {
  return [...choices.injectedContainers, ...added].map((name) => ({ ...addedByAws, name }));
}

const addedByAws = {
  image: '',
  essential: false,
  cpu: '0',
  memory: undefined,
  memoryReservation: undefined,
  stopTimeoutMs: 30_000,
  health: undefined,
  consistent: false,
  log: undefined,
  dependsOn: [],
};

function createNetwork(order: TaskOrder, { chance }: Surroundings): Network {
  const subnetId = order.subnets[chance.between(0, Math.max(0, order.subnets.length - 1))] ?? 'subnet-0a4d1c9e7b35f2810';
  const bytes = chance.hex(10).match(/../g) ?? [];
  return {
    attachmentId: chance.uuid(),
    interfaceId: `eni-0${chance.hex(16)}`,
    subnetId,
    macAddress: ['0a', ...bytes].join(':'),
    address: `10.20.${chance.between(0, 255)}.${chance.between(4, 254)}`,
  };
}
