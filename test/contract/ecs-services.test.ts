import { afterEach, describe, expect, it } from '@jest/globals';
import { ecsClient } from '../../lib/adapters/ecs-client.ts';
import { ecsServices } from '../../lib/adapters/ecs-services.ts';
import type { Services } from '../../lib/ports/services.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

const key = 'production/web';
const revision = (n: number): string => `arn:aws:ecs:eu-west-1:123456789012:task-definition/web:${n}`;
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const service = {
  serviceArn: 'arn:aws:ecs:eu-west-1:123456789012:service/production/web',
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 1,
  taskDefinition: revision(7),
  currentServiceRevisions: [{ arn: 'revision/6' }, { arn: 'revision/7' }],
  deployments: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      taskDefinition: revision(7),
      rolloutState: 'IN_PROGRESS',
      createdAt: 1_763_895_600,
      updatedAt: 1_763_895_601.5,
    },
    { id: 'ecs-svc/0', status: 'ACTIVE', taskDefinition: revision(6), runningCount: 2, createdAt: 1_763_895_000 },
  ],
};

type Answers = Record<string, (input: Record<string, unknown>) => JsonAnswer>;

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

/** ECS that answers each operation by its function; what it was sent stands in `calls`. */
async function open(answers: Answers): Promise<{ port: Services; calls: [operation: string, input: object][] }> {
  const calls: [string, object][] = [];
  aws = await startJsonEndpoint(({ operation, text }) => {
    const input = JSON.parse(text) as Record<string, unknown>;
    calls.push([operation, input]);
    return answers[operation]?.(input) ?? awsError('UnknownOperationException', operation);
  });
  return { port: ecsServices(ecsClient(localOptions(aws.endpoint, { maxAttempts: 1 }))), calls };
}

const describing = (differing: object = {}): Answers => ({
  DescribeServices: () => ({ body: { services: [{ ...service, ...differing }], failures: [] } }),
});

describe('Services of ECS', () => {
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

const task = (n: number, differing: object = {}) => ({
  taskArn: `arn:aws:ecs:eu-west-1:123456789012:task/production/${n}`,
  taskDefinitionArn: revision(7),
  lastStatus: 'STOPPED',
  group: 'service:web',
  startedBy: 'ecs-svc/1',
  createdAt: 1_763_895_600,
  stoppedAt: 1_763_895_660,
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers: [
    { name: 'web', exitCode: 0, imageDigest: digest('a') },
    { name: 'aws-guardduty-agent-1', reason: 'gone' },
  ],
  ...differing,
});

/** Tasks over pages of one, described by their number. */
const listing = (tasks: object[]): Answers => ({
  ListTasks: ({ nextToken = '0' }) => {
    const next = Number(nextToken) + 1;
    return {
      body: { taskArns: tasks.length === 0 ? [] : [String(nextToken)], ...(next < tasks.length ? { nextToken: String(next) } : {}) },
    };
  },
  DescribeTasks: ({ tasks: arns }) => ({ body: { tasks: (arns as string[]).map((arn) => tasks[Number(arn)]) } }),
});

describe('Stopped tasks of ECS', () => {
  it('are read over all pages; those that are still stopping are left out', async () => {
    const { port, calls } = await open(
      listing([task(1), task(2, { lastStatus: 'DEPROVISIONING' }), task(3, { group: 'family:web', stopCode: undefined })]),
    );
    const stopped = await port.stoppedTasks(key);
    expect(stopped[0]).toEqual({
      service: key,
      taskArn: task(1).taskArn,
      taskDefinition: revision(7),
      startedBy: 'ecs-svc/1',
      stoppedAt: '2025-11-23T11:01:00.000Z',
      createdAt: '2025-11-23T11:00:00.000Z',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      ofService: true,
      containers: [
        { name: 'web', exitCode: 0, imageDigest: digest('a') },
        { name: 'aws-guardduty-agent-1', reason: 'gone' },
      ],
    });
    expect(stopped.map(({ taskArn, ofService }) => [taskArn, ofService])).toEqual([
      [task(1).taskArn, true],
      [task(3).taskArn, false],
    ]);
    expect(calls[0]).toEqual(['ListTasks', { cluster: 'production', serviceName: 'web', desiredStatus: 'STOPPED', maxResults: 100 }]);
  });

  it('are none, and none is described, where none stopped', async () => {
    const { port, calls } = await open(listing([]));
    expect(await port.stoppedTasks(key)).toEqual([]);
    expect(calls).toHaveLength(1);
  });
});

const revisions = (containerImages: object[]): Answers => ({
  DescribeServiceRevisions: () => ({
    body: {
      serviceRevisions: [
        { taskDefinition: revision(6), containerImages: [] },
        { taskDefinition: revision(7), containerImages },
      ],
    },
  }),
});
const runningTasks = listing([
  task(1, { lastStatus: 'RUNNING', containers: [{ name: 'web', imageDigest: digest('c') }, { name: 'log' }] }),
  task(2, { lastStatus: 'RUNNING', taskDefinitionArn: revision(6), containers: [{ name: 'web', imageDigest: digest('d') }] }),
]);

describe('Running digests of ECS', () => {
  it.each<[name: string, answers: Answers, digests: object]>([
    [
      'as the service revision resolved them',
      { ...describing(), ...revisions([{ containerName: 'web', imageDigest: digest('a') }]) },
      { web: digest('a') },
    ],
    [
      'as the image itself is pinned',
      { ...describing(), ...revisions([{ containerName: 'web', image: `web@${digest('b')}` }]) },
      { web: digest('b') },
    ],
    ['as its tasks run them, where the revision tells none', { ...describing(), ...revisions([]), ...runningTasks }, { web: digest('c') }],
    [
      'as its tasks run them, where ECS tells no revision',
      { ...describing({ currentServiceRevisions: undefined }), ...runningTasks },
      { web: digest('c') },
    ],
    [
      'from both, where the revision tells not all',
      {
        ...describing(),
        ...revisions([
          { containerName: 'web', imageDigest: digest('a') },
          { containerName: 'log', image: 'log:1' },
        ]),
        ...runningTasks,
      },
      { web: digest('a') },
    ],
    ['as none, where the service is gone', { DescribeServices: () => ({ body: { services: [] } }) }, {}],
  ])('are told %s', async (_name, answers, digests) => {
    const { port } = await open(answers);
    expect(await port.runningDigests(key, revision(7))).toEqual(digests);
  });
});
