import { afterEach, describe, expect, it } from '@jest/globals';
import { answeringEcs, describing, key, revision, type AnsweringEcs, type Answers } from './answering-ecs.ts';

let ecs: AnsweringEcs | undefined;
afterEach(() => ecs?.stop());

async function open(answers: Answers): Promise<AnsweringEcs> {
  ecs = await answeringEcs(answers);
  return ecs;
}

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

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
