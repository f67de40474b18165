import { afterEach, describe, expect, it } from '@jest/globals';
import { answeringEcs, describing, key, revision, service, type AnsweringEcs, type Answers } from './answering-ecs.ts';
import { awsError } from './local-endpoint.ts';

let ecs: AnsweringEcs | undefined;
afterEach(() => ecs?.stop());

async function open(answers: Answers): Promise<AnsweringEcs> {
  ecs = await answeringEcs(answers);
  return ecs;
}

describe('Services of ECS', () => {
  it('hide a secret in the reason of a rollout', async () => {
    const deployments = [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutStateReason: 'failed: password=hunter2' }];
    const { port } = await open(describing({ deployments }));
    expect((await port.read(key))?.rollouts[0]?.reason).toBe('failed: password=•••');
  });

  it('are read in our words: a controller and a strategy that are not told are ECS and ROLLING', async () => {
    const { port, calls } = await open(describing());
    expect(await port.read(key)).toEqual({
      key,
      arn: service.serviceArn,
      status: 'ACTIVE',
      controller: 'ECS',
      strategy: 'ROLLING',
      desiredCount: 2,
      runningCount: 1,
      taskDefinition: revision(7),
      launch: [{ provider: 'EC2', base: 0, weight: 1 }],
      rollouts: [
        {
          id: 'ecs-svc/1',
          status: 'PRIMARY',
          taskDefinition: revision(7),
          desiredCount: 0,
          runningCount: 0,
          pendingCount: 0,
          failedTasks: 0,
          state: 'IN_PROGRESS',
          createdAt: '2025-11-23T11:00:00.000Z',
          updatedAt: '2025-11-23T11:00:01.500Z',
        },
        expect.objectContaining({
          id: 'ecs-svc/0',
          runningCount: 2,
          createdAt: '2025-11-23T10:50:00.000Z',
          updatedAt: '2025-11-23T10:50:00.000Z',
        }),
      ],
    });
    expect(calls).toEqual([['DescribeServices', { cluster: 'production', services: ['web'] }]]);
  });

  it('are told with no state where ECS tells none', async () => {
    const { port } = await open(describing());
    expect((await port.read(key))?.rollouts[1]).not.toHaveProperty('state');
  });

  it.each<[name: string, told: object, launch: object[]]>([
    ['a launch type', { launchType: 'FARGATE' }, [{ provider: 'FARGATE', base: 0, weight: 1 }]],
    [
      'a strategy, what it leaves out filled in',
      {
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base: 2 },
          { capacityProvider: 'FARGATE_SPOT', weight: 3 },
        ],
      },
      [
        { provider: 'FARGATE', base: 2, weight: 0 },
        { provider: 'FARGATE_SPOT', base: 0, weight: 3 },
      ],
    ],
    [
      'a launch type beside an empty strategy',
      { launchType: 'EXTERNAL', capacityProviderStrategy: [] },
      [{ provider: 'EXTERNAL', base: 0, weight: 1 }],
    ],
  ])('are told with %s', async (_, told, launch) => {
    const { port } = await open(describing(told));
    expect((await port.read(key))?.launch).toEqual(launch);
  });

  it('are told of another kind as such', async () => {
    const { port } = await open(
      describing({ deploymentController: { type: 'CODE_DEPLOY' }, deploymentConfiguration: { strategy: 'BLUE_GREEN' } }),
    );
    expect(await port.read(key)).toMatchObject({ controller: 'CODE_DEPLOY', strategy: 'BLUE_GREEN' });
  });

  it('are none where ECS misses them', async () => {
    const { port } = await open({ DescribeServices: () => ({ body: { services: [], failures: [{ arn: 'x', reason: 'MISSING' }] } }) });
    expect(await port.read(key)).toBeUndefined();
  });

  it('throw a failure of another kind', async () => {
    const { port } = await open({ DescribeServices: () => ({ body: { failures: [{ arn: 'x', reason: 'ACCESS_DENIED' }] } }) });
    await expect(port.read(key)).rejects.toMatchObject({ name: 'RefusedError', code: 'ACCESS_DENIED' });
  });

  it('throw an unknown cluster as missing', async () => {
    const { port } = await open({ DescribeServices: () => awsError('ClusterNotFoundException', 'Cluster not found.') });
    await expect(port.read(key)).rejects.toMatchObject({ name: 'MissingError', what: 'cluster' });
  });

  it('are told to run a revision and nothing else', async () => {
    const { port, calls } = await open({ UpdateService: () => ({ body: { service } }) });
    expect((await port.run(key, revision(7))).rollouts[0]?.id).toBe('ecs-svc/1');
    expect(calls).toEqual([['UpdateService', { cluster: 'production', service: 'web', taskDefinition: revision(7) }]]);
  });

  it.each([
    ['ServiceNotFoundException', { name: 'MissingError', what: 'service' }],
    ['ServiceNotActiveException', { name: 'RefusedError', code: 'ServiceNotActiveException' }],
  ])('that cannot be told throw %s in our words', async (code, thrown) => {
    const { port } = await open({ UpdateService: () => awsError(code, 'no') });
    await expect(port.run(key, revision(7))).rejects.toMatchObject(thrown);
  });
});
