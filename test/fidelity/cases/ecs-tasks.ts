import type { FidelityCase } from '../case.ts';
import { aService, aSteadyService, cluster, manifestOf, named, noScheduler, push, aRevision, aCluster, theService } from './fragments.ts';

const states = { source: ['aws.ecs'], 'detail-type': ['ECS Task State Change'] };
const others = { moto: noScheduler };
const [, repository] = aSteadyService;
const status = (lastStatus: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  'detail-type': 'ECS Task State Change',
  detail: { lastStatus, ...more },
});

/** Tasks, how they stop, and what the bus tells of them. */
export const ecsTasks: FidelityCase[] = [
  {
    name: 'a task goes from PROVISIONING over PENDING to RUNNING, with a version that grows',
    sources: ['ecs task-lifecycle-explanation', 'ecs ecs_task_events'],
    listens: states,
    others,
    steps: [
      ...aSteadyService,
      {
        hears: [
          status('PROVISIONING', { version: 1, startedAt: { $absent: true } }),
          status('PENDING', { version: { $any: 'number' } }),
          status('RUNNING', {
            startedAt: { $any: 'string' },
            containers: [{ name: 'app', imageDigest: '{digest}', exitCode: { $absent: true } }],
          }),
        ],
      },
    ],
  },
  {
    name: 'an event of a task tells neither its health nor its tags',
    sources: ['ecs ecs_task_events'],
    listens: states,
    others,
    steps: [...aSteadyService, { hears: [status('RUNNING', { healthStatus: { $absent: true }, tags: { $absent: true } })] }],
  },
  {
    name: 'a task that was stopped by a call tells the reason word for word',
    sources: ['ecs API_StopTask', 'ecs stopped-task-error-codes'],
    listens: states,
    others,
    steps: [
      ...aSteadyService,
      { call: 'ecs ListTasks', input: { cluster, serviceName: 'web' }, save: { task: 'taskArns.0' } },
      {
        call: 'ecs StopTask',
        input: { cluster, task: '{task}', reason: 'looks odd' },
        answer: { task: { desiredStatus: 'STOPPED', stoppedReason: 'looks odd', stopCode: 'UserInitiated' } },
      },
      { passSeconds: 300 },
      {
        hears: [
          status('STOPPED', { taskArn: '{task}', stopCode: 'UserInitiated', stoppedReason: 'looks odd', stoppedAt: { $any: 'string' } }),
        ],
      },
      theService({ runningCount: 2 }),
    ],
  },
  {
    name: 'a listing of tasks tells running ones, and stopped ones where they are asked for',
    sources: ['ecs API_ListTasks', 'ecs API_DescribeTasks'],
    others,
    steps: [
      ...aSteadyService,
      { call: 'ecs UpdateService', input: { ...named, desiredCount: 0 } },
      { passSeconds: 300 },
      { call: 'ecs ListTasks', input: { cluster, serviceName: 'web' }, answer: { taskArns: [] } },
      {
        call: 'ecs ListTasks',
        input: { cluster, serviceName: 'web', desiredStatus: 'STOPPED' },
        answer: { taskArns: { $length: 2 } },
        save: { task: 'taskArns.0' },
      },
      {
        call: 'ecs DescribeTasks',
        input: { cluster, tasks: ['{task}'] },
        answer: { tasks: [{ stopCode: 'ServiceSchedulerInitiated', stoppedReason: { $matches: '^Scaling activity initiated by' } }] },
      },
    ],
  },
  {
    name: 'a task that crashes tells the exit code of its container',
    sources: ['ecs stopped-task-error-codes'],
    listens: states,
    others,
    steps: [
      aCluster,
      repository,
      push('v1', manifestOf('crash after=5s exit=3')),
      aRevision(),
      aService({ desiredCount: 1 }),
      { passSeconds: 200 },
      {
        hears: [
          status('STOPPED', {
            stopCode: 'EssentialContainerExited',
            stoppedReason: 'Essential container in task exited',
            containers: [{ name: 'app', exitCode: 3, lastStatus: 'STOPPED' }],
          }),
        ],
      },
    ],
  },
  {
    name: 'a task whose image is gone cannot start, and has no exit code',
    sources: ['ecs task_cannot_pull_image'],
    listens: states,
    others,
    steps: [
      aCluster,
      repository,
      aRevision(),
      aService({ desiredCount: 1 }),
      { passSeconds: 200 },
      {
        hears: [
          status('STOPPED', {
            stopCode: 'TaskFailedToStart',
            stoppedReason: { $matches: '^CannotPullContainerError: .*not found' },
            startedAt: { $absent: true },
            containers: [{ exitCode: { $absent: true } }],
          }),
        ],
      },
    ],
  },
  {
    name: 'startedBy is the only filter where it is one',
    sources: ['ecs API_ListTasks'],
    others: { moto: 'Moto filters by both; the page says: when you specify this filter, it must be the only one.' },
    steps: [
      aCluster,
      { call: 'ecs ListTasks', input: { cluster, startedBy: 'me', family: 'a' }, refused: { name: 'InvalidParameterException' } },
    ],
  },
  {
    name: 'ten tasks are run in one call at most',
    sources: ['ecs API_RunTask'],
    others: { moto: 'Moto breaks off with a fault of its own before it counts.' },
    steps: [
      aCluster,
      aRevision(),
      { call: 'ecs RunTask', input: { cluster, taskDefinition: '{unique}:1', count: 11 }, refused: { name: 'InvalidParameterException' } },
    ],
  },
];
