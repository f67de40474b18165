import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manifest } from '../../demo/images.ts';
import type { Envelope } from '../../sandbox/events/bus.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const minuteMs = 60_000;
const web = { ServiceNamespace: 'ecs', ResourceId: 'service/production/web', ScalableDimension: 'ecs:service:DesiredCount' } as const;
let sandbox: Sandbox;
let scaling: ApplicationAutoScalingClient;

beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z'), uncheckedLayers: true });
  scaling = new ApplicationAutoScalingClient({
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
  const { call } = sandbox;
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:latest';
  await call('ecr', 'CreateRepository', { repositoryName: 'web' });
  await call('ecr', 'PutImage', {
    repositoryName: 'web',
    imageTag: 'latest',
    imageManifest: manifest('1', 'healthy'),
    imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
  });
  await call('ecs', 'CreateCluster', { clusterName: 'production' });
  await call('ecs', 'RegisterTaskDefinition', {
    family: 'web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::123456789012:role/x',
    containerDefinitions: [{ name: 'web', image }],
  });
  await call('ecs', 'CreateService', {
    cluster: 'production',
    serviceName: 'web',
    taskDefinition: 'web',
    desiredCount: 2,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
  });
  await sandbox.clock.advance(10 * minuteMs);
});
afterEach(() => sandbox.close());

async function desired(): Promise<number> {
  const { services } = (await sandbox.call('ecs', 'DescribeServices', { cluster: 'production', services: ['web'] })) as {
    services: { desiredCount: number }[];
  };
  return services[0]?.desiredCount ?? -1;
}
const want = async (desiredCount: number): Promise<unknown> =>
  sandbox.call('ecs', 'UpdateService', { cluster: 'production', service: 'web', desiredCount });
const register = async (input: object): Promise<unknown> => scaling.send(new RegisterScalableTargetCommand({ ...web, ...input }));

describe('Registering a scalable target', () => {
  it.each<[sentence: string, MinCapacity: number, MaxCapacity: number, desiredCount: number]>([
    ['raises what is below its minimum', 3, 5, 3],
    ['lowers what is above its maximum', 0, 1, 1],
    ['leaves what is inside', 2, 2, 2],
    ['takes zero', 0, 0, 0],
  ])('%s', async (_, MinCapacity, MaxCapacity, desiredCount) => {
    await register({ MinCapacity, MaxCapacity });
    expect(await desired()).toBe(desiredCount);
  });

  it('again, with a suspension alone, brings the service back inside: as when it sleeps below its minimum', async () => {
    await register({ MinCapacity: 2, MaxCapacity: 4 });
    await want(0);
    await register({ SuspendedState: { DynamicScalingOutSuspended: true } });
    expect(await desired()).toBe(2);
  });

  it('keeps what an update leaves out', async () => {
    await register({ MinCapacity: 1, MaxCapacity: 4, SuspendedState: { ScheduledScalingSuspended: true } });
    await register({ MaxCapacity: 6 });
    const { ScalableTargets } = await scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [web.ResourceId] }),
    );
    expect(ScalableTargets).toMatchObject([
      {
        MinCapacity: 1,
        MaxCapacity: 6,
        SuspendedState: { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: true },
      },
    ]);
  });

  it('tells ECS, which tells that the desired count was updated', async () => {
    const events: Envelope[] = [];
    sandbox.onEvent((event) => events.push(event));
    await register({ MinCapacity: 3, MaxCapacity: 3 });
    expect(events.map(({ detail }) => [detail['eventName'], detail['desiredCount']])).toContainEqual(['SERVICE_DESIRED_COUNT_UPDATED', 3]);
  });

  it.each<[sentence: string, input: object, error: string]>([
    ['without a maximum', { MinCapacity: 1 }, 'ValidationException'],
    ['of a service that is not there', { ResourceId: 'service/production/absent', MinCapacity: 1, MaxCapacity: 2 }, 'ValidationException'],
    ['with bounds the wrong way round', { MinCapacity: 3, MaxCapacity: 2 }, 'ValidationException'],
    [
      'of another dimension',
      { ScalableDimension: 'dynamodb:table:ReadCapacityUnits', MinCapacity: 1, MaxCapacity: 2 },
      'ValidationException',
    ],
  ])('is refused %s', async (_, input, name) => {
    await expect(register(input)).rejects.toMatchObject({ name });
  });

  it('has a listing that is empty for a service that does not scale', async () => {
    const { ScalableTargets } = await scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [web.ResourceId] }),
    );
    expect(ScalableTargets).toEqual([]);
  });

  it('is undone with everything that hangs on it, and leaves the count', async () => {
    await register({ MinCapacity: 3, MaxCapacity: 5 });
    await scaling.send(
      new PutScheduledActionCommand({
        ...web,
        ScheduledActionName: 'night',
        Schedule: 'cron(0 20 * * ? *)',
        ScalableTargetAction: { MaxCapacity: 0, MinCapacity: 0 },
      }),
    );
    await scaling.send(new DeregisterScalableTargetCommand(web));
    expect((await scaling.send(new DescribeScheduledActionsCommand({ ServiceNamespace: 'ecs' }))).ScheduledActions).toEqual([]);
    expect(await desired()).toBe(3);
    await expect(scaling.send(new DeregisterScalableTargetCommand(web))).rejects.toMatchObject({ name: 'ObjectNotFoundException' });
  });
});

describe('A scheduled action', () => {
  const night = {
    ...web,
    ScheduledActionName: 'night',
    Schedule: 'cron(0 20 * * ? *)',
    Timezone: 'Europe/Berlin',
    ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
  };

  it('sets bounds at its local time, and nothing sets them back', async () => {
    await register({ MinCapacity: 2, MaxCapacity: 4 });
    await scaling.send(new PutScheduledActionCommand(night));
    await sandbox.clock.advance(8 * 60 * minuteMs + 49 * minuteMs); // 18:59 in UTC, a minute before.
    expect(await desired()).toBe(2);
    await sandbox.clock.advance(minuteMs);
    expect(await desired()).toBe(0);
    await sandbox.clock.advance(20 * 60 * minuteMs);
    expect(await desired()).toBe(0);
  });

  it('is missed while it is suspended, and not made up for', async () => {
    await register({ MinCapacity: 2, MaxCapacity: 4, SuspendedState: { ScheduledScalingSuspended: true } });
    await scaling.send(new PutScheduledActionCommand(night));
    await sandbox.clock.advance(10 * 60 * minuteMs);
    await register({ SuspendedState: { ScheduledScalingSuspended: false } });
    await sandbox.clock.advance(60 * minuteMs);
    expect(await desired()).toBe(2);
  });

  it('loses its end where an update does not name one', async () => {
    await register({ MinCapacity: 2, MaxCapacity: 4 });
    await scaling.send(new PutScheduledActionCommand({ ...night, EndTime: new Date('2026-01-05T12:00:00Z') }));
    await scaling.send(new PutScheduledActionCommand({ ...night, ScalableTargetAction: { MaxCapacity: 1, MinCapacity: 1 } }));
    const { ScheduledActions = [] } = await scaling.send(
      new DescribeScheduledActionsCommand({ ServiceNamespace: 'ecs', ResourceId: web.ResourceId }),
    );
    expect(
      ScheduledActions.map(({ EndTime, Timezone, ScalableTargetAction }) => [EndTime, Timezone, ScalableTargetAction?.MaxCapacity]),
    ).toEqual([[undefined, 'Europe/Berlin', 1]]);
  });

  it.each<[sentence: string, change: object, error: string]>([
    ['of a service that is not registered', {}, 'ObjectNotFoundException'],
    ['with a schedule that is none', { Schedule: 'every night' }, 'ValidationException'],
  ])('is refused %s', async (_, change, name) => {
    if (name === 'ValidationException') await register({ MinCapacity: 2, MaxCapacity: 4 });
    await expect(scaling.send(new PutScheduledActionCommand({ ...night, ...change }))).rejects.toMatchObject({ name });
  });
});

const load = async (value: number): Promise<void> => {
  await sandbox.world.fault({ fault: 'load', cluster: 'production', service: 'web', value });
  await sandbox.clock.advance(2 * minuteMs);
};

describe('Target tracking', () => {
  const policy = {
    ...web,
    PolicyName: 'load',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: { TargetValue: 50 },
  } as const;

  it('follows the load within its bounds, and shrinks again', async () => {
    await register({ MinCapacity: 1, MaxCapacity: 4 });
    await scaling.send(new PutScalingPolicyCommand(policy));
    const counts: number[] = [];
    for (const value of [140, 1000, 60, 0]) {
      await load(value);
      await sandbox.clock.advance(10 * minuteMs);
      counts.push(await desired());
    }
    expect(counts).toEqual([3, 4, 2, 1]);
    expect((await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }))).ScalingPolicies).toMatchObject([
      { PolicyName: 'load', TargetTrackingScalingPolicyConfiguration: { TargetValue: 50 } },
    ]);
  });

  it('does not wake what runs nothing: without tasks there is no metric', async () => {
    await register({ MinCapacity: 0, MaxCapacity: 4 });
    await scaling.send(new PutScalingPolicyCommand(policy));
    await want(0);
    await sandbox.clock.advance(5 * minuteMs);
    await load(500);
    expect(await desired()).toBe(0);
  });

  it.each<[sentence: string, suspended: object, value: number]>([
    ['does not grow where growing is suspended', { DynamicScalingOutSuspended: true }, 500],
    ['does not shrink where shrinking is suspended', { DynamicScalingInSuspended: true }, 0],
  ])('%s', async (_, SuspendedState, value) => {
    await register({ MinCapacity: 1, MaxCapacity: 4, SuspendedState });
    await scaling.send(new PutScalingPolicyCommand(policy));
    await load(value);
    expect(await desired()).toBe(2);
  });
});
