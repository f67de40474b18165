import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { classifyStop } from '../../lib/decide/stopped-task/classify.ts';
import type { StoppedContainer, StoppedTask } from '../../lib/domain/failure.ts';
import { aStoppedTask, definitions, exited } from '../fixtures/stopped-tasks.ts';

const scheduler = { stopCode: 'ServiceSchedulerInitiated', containers: [exited('app', 143)] };
const notStarted = { stopCode: 'TaskFailedToStart', containers: [exited('app')] };
const ended = (exitCode: number): Partial<StoppedTask> => ({ containers: [exited('app', exitCode)] });

const rows: [row: number, category: string, given: Partial<StoppedTask>][] = [
  [1, 'SCALE_IN', { ...scheduler, stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)' }],
  [2, 'HEALTH_LB', { ...scheduler, stoppedReason: 'Task failed VPC Lattice health checks in (target-group x)' }],
  [3, 'HEALTH_CONTAINER', { ...scheduler, stoppedReason: 'Task failed container health checks' }],
  [
    4,
    'FARGATE_RETIREMENT',
    { ...scheduler, stoppedReason: 'ECS is performing maintenance on the underlying infrastructure hosting the task.' },
  ],
  [5, 'EC2_DRAIN', { ...scheduler, stoppedReason: '(instance i-1) is in DRAINING state: instance is in draining' }],
  [6, 'REBALANCE', { ...scheduler, stoppedReason: 'Stopped by Availability Zone rebalancing' }],
  [7, 'SPOT', { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.', containers: [exited('app', 137)] }],
  [8, 'SPOT', { stopCode: 'TerminationNotice', stoppedReason: 'Your Spot Task was interrupted.' }],
  [9, 'HOST_GONE', { stopCode: 'TerminationNotice', stoppedReason: 'Host EC2 (instance i-0123) terminated.', containers: [exited('app')] }],
  [10, 'HOST_GONE', { stopCode: 'TerminationNotice', stoppedReason: 'Going away' }],
  [11, 'INFRA', { stopCode: 'InfrastructureHealth', stoppedReason: 'Unhealthy host' }],
  [12, 'USER', { stopCode: 'UserInitiated', stoppedReason: 'rolled by orders-bot', containers: [exited('app', 137)] }],
  [13, 'PULL_RATE', { ...notStarted, stoppedReason: 'CannotPullContainerError: toomanyrequests: You have reached your pull rate limit' }],
  [14, 'DISK_FULL', { ...notStarted, stoppedReason: 'CannotPullContainerError: write /var/lib: no space left on device' }],
  [15, 'ARCH_MISMATCH', { ...ended(255), containers: [exited('app', 255, 'exec /usr/bin/node: exec format error')] }],
  [16, 'PULL_NETWORK', { ...notStarted, stoppedReason: 'CannotPullContainerError: net/http: TLS handshake timeout' }],
  [17, 'IMAGE_PERM', { ...notStarted, stoppedReason: 'CannotPullContainerError: pull access denied for x, repository does not exist' }],
  [18, 'IMAGE_MISSING', { ...notStarted, stoppedReason: 'CannotPullContainerError: failed to resolve ref x:v1: x:v1: not found' }],
  [19, 'PULL_TRANSIENT', { ...notStarted, stoppedReason: 'CannotPullContainerError: ref pull has been retried 1 time(s)' }],
  [20, 'PULL_OTHER', { ...notStarted, stoppedReason: 'CannotPullContainerError: something new' }],
  [21, 'SECRET_NETWORK', { ...notStarted, stoppedReason: 'unable to retrieve secrets from ssm: context deadline exceeded' }],
  [22, 'SECRET_PERM', { ...notStarted, stoppedReason: 'unable to retrieve secret from asm: AccessDeniedException' }],
  [23, 'SECRET_MISSING', { ...notStarted, stoppedReason: "retrieve secret: Secrets Manager can't find the specified secret value" }],
  [24, 'SECRET_OTHER', { ...notStarted, stoppedReason: 'ResourceInitializationError: unable to pull secrets or registry auth: x' }],
  [25, 'LOGGING', { ...notStarted, stoppedReason: 'ResourceInitializationError: failed to validate logger args: create_log_stream: x' }],
  [
    26,
    'VOLUME',
    { ...notStarted, stoppedReason: 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes' },
  ],
  [27, 'ENVFILE', { ...notStarted, stoppedReason: 'ResourceInitializationError: failed to download env files: x' }],
  [28, 'INIT_OTHER', { ...notStarted, stoppedReason: 'ResourceInitializationError: something new' }],
  [29, 'ENI', { ...notStarted, stoppedReason: 'Timeout waiting for network interface provisioning to complete.' }],
  [30, 'CAPACITY', { ...notStarted, stoppedReason: 'TaskFailedToStart: RESOURCE:MEMORY', containers: [] }],
  [31, 'PLACEMENT', { ...notStarted, stoppedReason: 'TaskFailedToStart: ATTRIBUTE', containers: [] }],
  [32, 'OOM', { containers: [exited('app', 137, 'OutOfMemoryError: Container killed due to memory usage')] }],
  [
    33,
    'BAD_COMMAND',
    {
      ...notStarted,
      containers: [exited('app', undefined, 'CannotStartContainerError: exec: "serve": executable file not found in $PATH')],
    },
  ],
  [34, 'RUNTIME_TIMEOUT', { ...notStarted, stoppedReason: 'DockerTimeoutError: Could not transition to started' }],
  [35, 'START_OTHER', { ...notStarted, stoppedReason: 'CannotStartContainerError: something new' }],
  [36, 'STOP_ERR', { stopCode: 'EssentialContainerExited', containers: [exited('app', undefined, 'CannotStopContainerError: x')] }],
  [37, 'AWS_INTERNAL', { ...notStarted, stoppedReason: 'InternalError: unable to complete request' }],
  [38, 'SIGKILL', ended(137)],
  [39, 'SEGFAULT', ended(139)],
  [40, 'ABORT', ended(134)],
  [41, 'CMD_NOT_FOUND', ended(127)],
  [42, 'SIGTERM', ended(143)],
  [43, 'EXIT_0_SERVICE', ended(0)],
  [44, 'EXIT_0_TASK', { ...ended(0), ofService: false }],
  [45, 'APP_ERROR', ended(1)],
  [46, 'FAILED_TO_START', { ...notStarted, stoppedReason: 'Task failed to start' }],
  [47, 'UNKNOWN_EXIT', { containers: [exited('app')] }],
  [48, 'UNKNOWN', { ...scheduler, stoppedReason: 'Something new from the scheduler' }],
];

describe('each row', () => {
  it.each(rows)('%i, %s, is told by what is typical of it', (row, category, given) => {
    expect(classifyStop(aStoppedTask(given), [])).toMatchObject({ row, category });
  });

  it('has its line in the table', () => {
    expect(rows.map(([row]) => row)).toStrictEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  });
});

interface Sample {
  stoppedReason: string;
  stopCode: string;
  exitCode?: number;
  category: string;
}
const corpus = JSON.parse(readFileSync(new URL('../fixtures/stopped-task-corpus.json', import.meta.url), 'utf8')) as Sample[];

describe('the corpus of stops that were seen', () => {
  it.each(corpus)('$category: $stoppedReason', ({ category, exitCode, ...given }) => {
    expect(classifyStop(aStoppedTask({ ...given, containers: [exited('app', exitCode)] }), definitions('app'))).toMatchObject({ category });
  });
});

describe('the exit code', () => {
  it.each<[name: string, row: number, exitCode: number]>([
    ['1 is the lowest of an error', 45, 1],
    ['255 is the highest', 45, 255],
    ['256 is none that the catalogue knows', 47, 256],
    ['0 is no error', 43, 0],
  ])('%s', (_, row, exitCode) => {
    expect(classifyStop(aStoppedTask(ended(exitCode)), definitions('app'))).toMatchObject({ row, exitCode });
  });

  it('is not looked at when the scheduler stopped the task', () => {
    const task = aStoppedTask({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'new words', containers: [exited('app', 1)] });
    expect(classifyStop(task, definitions('app'))).toStrictEqual({
      row: 48,
      category: 'UNKNOWN',
      counts: 'unknown',
      cause: expect.stringContaining('not in the catalogue'),
    });
  });

  it('does not hide a failed health check, whatever the containers exited with', () => {
    const task = aStoppedTask({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed ELB health checks in (elb x)',
      containers: [exited('app', 137)],
    });
    expect(classifyStop(task, definitions('app'))).toMatchObject({ row: 2, counts: 'yes' });
  });
});

describe('the culprit', () => {
  it.each<
    [name: string, expected: { row: number; culprit?: string; exitCode?: number }, containers: StoppedContainer[], defined: string[]]
  >([
    [
      'is the essential container with the abnormal exit, not the one ended with it',
      { row: 45, culprit: 'app', exitCode: 3 },
      [exited('proxy', 143), exited('app', 3)],
      ['proxy', 'app'],
    ],
    [
      'is the one that ended by itself, where the others were ended after it',
      { row: 43, culprit: 'app', exitCode: 0 },
      [exited('proxy', 143), exited('app', 0)],
      ['proxy', 'app'],
    ],
    [
      'is the same in the other order',
      { row: 43, culprit: 'app', exitCode: 0 },
      [exited('app', 0), exited('proxy', 143)],
      ['proxy', 'app'],
    ],
    [
      'is never a sidecar that is not essential',
      { row: 42, culprit: 'app', exitCode: 143 },
      [exited('metrics', 1), exited('app', 143)],
      ['app', '?metrics'],
    ],
    [
      'is never a container that the task definition does not have',
      { row: 43, culprit: 'app', exitCode: 0 },
      [exited('stranger', 1), exited('app', 0)],
      ['app'],
    ],
    [
      'is never what GuardDuty put in, the task definition known or not',
      { row: 45, culprit: 'app', exitCode: 1 },
      [exited('aws-guardduty-agent-1', 137), exited('app', 1)],
      [],
    ],
    [
      'is never what Service Connect put in',
      { row: 43, culprit: 'app', exitCode: 0 },
      [exited('ecs-service-connect-x', 2), exited('app', 0)],
      [],
    ],
    [
      'is any container while the task definition is not known',
      { row: 45, culprit: 'metrics', exitCode: 1 },
      [exited('app', 143), exited('metrics', 1)],
      [],
    ],
    ['is nobody where no container tells an exit code', { row: 47 }, [exited('app')], ['app']],
    ['is nobody in a task without containers', { row: 47 }, [], ['app']],
    [
      'is the container of which ECS gives a reason, where none exited',
      { row: 35, culprit: 'web' },
      [exited('app'), exited('web', undefined, 'CannotStartContainerError: x')],
      [],
    ],
  ])('%s', (_, expected, containers, defined) => {
    const { row, culprit, exitCode } = classifyStop(aStoppedTask({ containers }), definitions(...defined));
    expect({ row, ...(culprit && { culprit }), ...(exitCode !== undefined && { exitCode }) }).toStrictEqual(expected);
  });

  it.each<[name: string, given: Partial<StoppedTask>]>([
    ['a person stopped', { stopCode: 'UserInitiated' }],
    ['lost its Spot capacity', { stopCode: 'SpotInterruption' }],
    ['was a job that finished', { ...ended(0), ofService: false }],
  ])('is nobody in a task that %s', (_, given) => {
    expect(classifyStop(aStoppedTask(given), definitions('app'))).not.toHaveProperty('culprit');
  });
});

describe('the text', () => {
  it("is found in a container's reason where ECS only says that the task failed to start", () => {
    const containers = [exited('app', undefined, 'CannotPullContainerError: manifest unknown')];
    expect(
      classifyStop(aStoppedTask({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start', containers }), []),
    ).toMatchObject({ row: 18 });
  });

  it('is matched across line breaks and in any case', () => {
    expect(
      classifyStop(aStoppedTask({ ...notStarted, stoppedReason: 'CANNOTPULLCONTAINERERROR: x:\nMANIFEST UNKNOWN' }), []),
    ).toMatchObject({ row: 18 });
  });

  it('may be missing altogether', () => {
    const { stopCode: _, stoppedReason: __, ...task } = aStoppedTask({ containers: [] });
    expect(classifyStop(task, [])).toMatchObject({ row: 48 });
  });
});

describe('what people are told', () => {
  it('names the container and what its exit code says', () => {
    expect(classifyStop(aStoppedTask(ended(127)), definitions('app')).cause).toBe(
      'The command of a container is not there or may not be run. Container app has exit code 127: its command was not found. Check entryPoint and command against what the image holds.',
    );
  });
});
