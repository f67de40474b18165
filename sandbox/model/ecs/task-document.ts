import type { Container, Network, Task } from './task.ts';

/** A task as ECS describes it; how an instant is written is the caller's: a Date in answers, ISO text in events. */
export function taskDocument<Instant>(task: Task, instant: (ms: number) => Instant) {
  const { order } = task;
  const { definition } = order;
  return {
    attachments: task.network === undefined ? [] : [attachment(task, task.network)],
    attributes: [{ name: 'ecs.cpu-architecture', value: definition.architecture === 'arm64' ? 'arm64' : 'x86_64' }],
    availabilityZone: task.availabilityZone,
    ...given('capacityProviderName', order.capacityProvider),
    clusterArn: order.clusterArn,
    ...(task.connectivityAtMs === undefined ? {} : { connectivity: 'CONNECTED' as const, connectivityAt: instant(task.connectivityAtMs) }),
    ...given('containerInstanceArn', order.host?.arn),
    containers: task.containers.map((container) => containerDocument(task, container)),
    ...given('cpu', definition.cpu),
    createdAt: instant(task.createdAtMs),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: order.enableExecuteCommand,
    ...(order.launchType === 'FARGATE' ? { ephemeralStorage: { sizeInGiB: definition.ephemeralStorageGiB } } : {}),
    group: order.group,
    launchType: order.launchType,
    lastStatus: task.lastStatus,
    ...given('memory', definition.memory),
    overrides: { containerOverrides: definition.containers.map(({ name }) => ({ name })) },
    ...given('platformVersion', order.platformVersion),
    ...given('startedBy', order.startedBy),
    taskArn: task.arn,
    taskDefinitionArn: definition.arn,
    updatedAt: instant(task.updatedAtMs),
    version: task.version,
    ...given('stopCode', task.stopCode),
    ...given('stoppedReason', task.stoppedReason),
    ...timesOf(task, instant),
  };
}

function timesOf<Instant>(task: Task, instant: (ms: number) => Instant) {
  return {
    ...at('pullStartedAt', task.pullStartedAtMs, instant),
    ...at('pullStoppedAt', task.pullStoppedAtMs, instant),
    ...at('startedAt', task.startedAtMs, instant),
    ...at('stoppingAt', task.stoppingAtMs, instant),
    ...at('executionStoppedAt', task.executionStoppedAtMs, instant),
    ...at('stoppedAt', task.stoppedAtMs, instant),
  };
}

function containerDocument(task: Task, container: Container) {
  const { name, image, cpu, memory, memoryReservation } = container.specification;
  const { network } = task;
  const attached = network !== undefined && task.connectivityAtMs !== undefined;
  return {
    containerArn: container.arn,
    lastStatus: container.lastStatus,
    name,
    ...given('image', image === '' ? undefined : image),
    ...given('imageDigest', container.digest),
    ...given('runtimeId', container.runtimeId),
    taskArn: task.arn,
    networkInterfaces: attached ? [{ attachmentId: network.attachmentId, privateIpv4Address: network.address }] : [],
    cpu,
    ...given('memory', memory),
    ...given('memoryReservation', memoryReservation),
    ...given('exitCode', container.exitCode),
    ...given('reason', container.reason),
  };
}

function attachment(task: Task, network: Network) {
  const created = task.connectivityAtMs !== undefined;
  const details = [
    { name: 'subnetId', value: network.subnetId },
    { name: 'networkInterfaceId', value: network.interfaceId },
    { name: 'macAddress', value: network.macAddress },
    { name: 'privateDnsName', value: `ip-${network.address.replaceAll('.', '-')}.${task.availabilityZone.slice(0, -1)}.compute.internal` },
    { name: 'privateIPv4Address', value: network.address },
  ];
  return {
    id: network.attachmentId,
    type: 'eni',
    status: attachmentStatus(task, created),
    details: created ? details : details.slice(0, 1),
  };
}

function attachmentStatus(task: Task, created: boolean): string {
  if (task.lastStatus === 'STOPPED') return 'DELETED';
  return created ? 'ATTACHED' : 'PRECREATED';
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

function at<Name extends string, Instant>(name: Name, ms: number | undefined, instant: (ms: number) => Instant) {
  return given(name, ms === undefined ? undefined : instant(ms));
}
